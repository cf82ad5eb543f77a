#!/usr/bin/env bash
# Builds everything, checks the formatting and runs every test; needs only the .NET 10 SDK. `./test.sh --help` tells the rest.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

usage() {
  cat <<'EOF'
Usage: ./test.sh [PROJECT...] [--filter EXPRESSION] [--no-install]

  PROJECT        only test projects whose name contains this text (formatting is not checked then)
  --filter       a VSTest filter, for example 'Name~Retries' or 'TestCategory=Conformance'
  --no-install   install nothing; tests whose real component is missing are skipped

Environment:
  MESH_REQUIRE_REAL=1   a missing real component (browser, go, nginx, haproxy) fails instead of skipping
  MESH_SOAK=1           also run the tests of category Soak
  MESH_TEST_JOBS=N      test projects run at a time (default: half the processors, at most 2)
  MESH_TEST_TIMEOUT=N   seconds after which one project's run is killed (default 900)

Logs and .trx files: artifacts/test-results. Exit status 0 only when something ran and nothing failed.
EOF
}

# --- arguments ---------------------------------------------------------------------------------------------------------------
declare -a wanted=()
filter='' install=1
while (($#)); do
  case $1 in
    -h | --help) usage; exit 0 ;;
    --filter) filter=${2:?--filter needs an expression}; shift ;;
    --filter=*) filter=${1#*=} ;;
    --no-install) install=0 ;;
    -*) printf 'test.sh: unknown option %s\n\n' "$1" >&2; usage >&2; exit 2 ;;
    *) wanted+=("$1") ;;
  esac
  shift
done
test_filter=$filter
if [[ ${MESH_SOAK:-0} != 1 ]]; then
  test_filter="${filter:+($filter)&}TestCategory!=Soak"
fi

require_real=${MESH_REQUIRE_REAL:-0}
processors=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
jobs=${MESH_TEST_JOBS:-$((processors >= 4 ? 2 : 1))}
limit=${MESH_TEST_TIMEOUT:-900}
results=artifacts/test-results

# Nothing of a build stays behind: no MSBuild nodes, no compiler server, no telemetry.
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
export PATH="$PATH:/usr/sbin:/sbin"

declare -A running=() # process id -> project
cleanup() {
  local pid
  for pid in "${!running[@]}"; do
    kill -TERM -- "-$pid" 2>/dev/null || kill -TERM "$pid" 2>/dev/null || true
  done
}
trap cleanup EXIT
trap 'exit 130' INT TERM

total_passed=0 total_failed=0 total_skipped=0
finish() {
  printf '\n%d passed, %d failed, %d skipped\n' "$total_passed" "$total_failed" "$total_skipped"
  if ((total_failed > 0 || total_passed == 0)); then exit 1; fi
  exit 0
}

step() { printf '%-44s' "$1"; started=$SECONDS; }
done_step() { printf '%s  (%d s)\n' "$1" $((SECONDS - started)); }
# A check that is not a test counts as one failure, so that the closing line never looks green over a red run.
fail_step() { done_step "FAILED"; total_failed=$((total_failed + 1)); }

# --- real components ---------------------------------------------------------------------------------------------------------
missing_packages() {
  local package command _
  while read -r package command _; do
    [[ -z $package || $package == \#* ]] && continue
    command -v "$command" >/dev/null 2>&1 || echo "$package"
  done <eng/debian-packages.txt
}

install_packages() {
  local -a as_root=()
  if [[ $(id -u) != 0 ]]; then
    sudo -n true 2>/dev/null || return 1
    as_root=(sudo -n)
  fi
  command -v apt-get >/dev/null || return 1
  # Lists first: on a fresh machine there are none.
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q >"$results/apt.log" 2>&1 &&
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -yq --no-install-recommends "$@" >>"$results/apt.log" 2>&1
}

ensure_components() {
  local -a missing
  mapfile -t missing < <(missing_packages)
  ((${#missing[@]})) || return 0
  if ((install)); then
    step "Installing ${missing[*]}"
    if install_packages "${missing[@]}"; then done_step ok; else done_step "not possible here"; fi
    mapfile -t missing < <(missing_packages)
    ((${#missing[@]})) || return 0
  fi
  printf 'Missing: %s. Install with: apt-get install -y --no-install-recommends %s\n' "${missing[*]}" "${missing[*]}"
  if [[ $require_real == 1 ]]; then
    echo 'MESH_REQUIRE_REAL=1: this fails the run.'
    total_failed=$((total_failed + ${#missing[@]}))
  fi
}

# --- build and formatting ----------------------------------------------------------------------------------------------------
select_projects() {
  local project name want
  for project in tests/*/*.csproj; do
    [[ -e $project ]] || continue
    name=$(basename "$project" .csproj)
    if ((${#wanted[@]} == 0)); then projects+=("$project"); continue; fi
    for want in "${wanted[@]}"; do
      if [[ ${name,,} == *"${want,,}"* ]]; then projects+=("$project"); break; fi
    done
  done
}

build() {
  local -a targets=(Mesh.sln)
  ((${#wanted[@]})) && targets=("${projects[@]}")
  local target
  : >"$results/build.log"
  for target in "${targets[@]}"; do
    dotnet build "$target" -c Release -v q -nologo -nodeReuse:false --disable-build-servers >>"$results/build.log" 2>&1 || return 1
  done
}

# Whitespace, order of usings, final newline and charset over the files as they lie (no project is loaded, so it takes seconds);
# the code style rules of .editorconfig were already errors of the build.
check_format() {
  dotnet format whitespace . --folder --verify-no-changes --exclude artifacts/ --exclude node_modules/ >"$results/format.log" 2>&1
}

# --- tests -------------------------------------------------------------------------------------------------------------------
start_project() {
  local name=$1
  local -a arguments=("artifacts/bin/$name/release/$name.dll" --results-directory "$results"
    --logger "trx;LogFileName=$name.trx" --logger "console;verbosity=minimal" --filter "$test_filter")
  # setsid: a group of its own, so that a time-out or Ctrl-C takes the test host and what it started along.
  setsid --wait timeout --kill-after=20 "$limit" dotnet test "${arguments[@]}" >"$results/$name.log" 2>&1 &
  running[$!]=$name
  begun[$name]=$SECONDS
}

# Reads passed and failed of one project; what vstest calls neither is skipped (ignored, explicit, inconclusive).
count_project() {
  local name=$1 status=$2 counters='' total=0 passed=0 failed=0 skipped note=''
  if [[ -s $results/$name.trx ]]; then
    counters=$(grep -m1 -o '<Counters [^>]*' "$results/$name.trx" || true)
  fi
  if [[ $counters =~ total=\"([0-9]+)\" ]]; then total=${BASH_REMATCH[1]}; fi
  if [[ $counters =~ passed=\"([0-9]+)\" ]]; then passed=${BASH_REMATCH[1]}; fi
  if [[ $counters =~ failed=\"([0-9]+)\" ]]; then failed=${BASH_REMATCH[1]}; fi
  skipped=$((total - passed - failed))
  if ((status != 0 && failed == 0)); then
    failed=1
    note='  the run itself failed'
    ((status == 124 || status == 137)) && note="  killed after $limit s"
  elif ((total == 0)) && [[ -z $filter ]]; then
    failed=1
    note='  ran no test'
  elif ((total == 0)); then
    return 0 # the filter matches nothing here
  fi
  total_passed=$((total_passed + passed)) total_failed=$((total_failed + failed)) total_skipped=$((total_skipped + skipped))
  printf '  %-30s %5d passed %4d failed %4d skipped  %4d s%s\n' "$name" "$passed" "$failed" "$skipped" \
    $((SECONDS - begun[$name])) "$note"
  if ((failed > 0)); then
    sed -e '/^Results File:/d' -e '/^VSTest version/d' -e '/^Starting test execution/d' -e '/^A total of/d' -e '/^ *$/d' \
      -e '/InvokeStub_/d' -e '/^[0-9]*) /d' -e 's/^/    | /' "$results/$name.log" | tail -n 200
  elif ((skipped > 0)); then
    sed -n 's/^ *Skipped \(.*\) \[.*/    | skipped \1/p' "$results/$name.log"
  fi
}

reap_one() {
  local pid=0 status=0
  wait -n -p pid "${!running[@]}" || status=$?
  local name=${running[$pid]}
  unset "running[$pid]"
  count_project "$name" "$status"
}

run_tests() {
  local project
  for project in "${projects[@]}"; do
    while ((${#running[@]} >= jobs)); do reap_one; done
    start_project "$(basename "$project" .csproj)"
  done
  while ((${#running[@]})); do reap_one; done
}

show_slowest() {
  local slow
  slow=$(sed -n 's/.*<UnitTestResult .*testName="\([^"]*\)".* duration="\([0-9:.]*\)".*/\2 \1/p' "$results"/*.trx 2>/dev/null |
    sed -e 's/&quot;/"/g' -e 's/&lt;/</g' -e 's/&gt;/>/g' -e 's/&amp;/\&/g' |
    awk '{ split($1, t, ":"); s = t[1] * 3600 + t[2] * 60 + t[3]; if (s >= 0.5) { $1 = sprintf("%8.1f s ", s); print } }' |
    sort -rn | head -n 10 || true)
  [[ -z $slow ]] || printf '\nSlowest tests\n%s\n' "$slow"
}

# --- the run -----------------------------------------------------------------------------------------------------------------
command -v dotnet >/dev/null || { echo 'test.sh: the .NET 10 SDK is needed: https://dot.net/download' >&2; exit 1; }
rm -rf "$results"
mkdir -p "$results"
declare -a projects=()
declare -A begun=()
select_projects
if ((${#projects[@]} == 0)); then echo "No test project matches: ${wanted[*]:-tests/*}"; finish; fi

ensure_components

step 'Building (Release)'
if build; then done_step ok; else
  fail_step
  grep -E 'error|MSB[0-9]+' "$results/build.log" | sort -u | head -n 60 || tail -n 60 "$results/build.log"
  finish
fi

if ((${#wanted[@]} == 0)); then
  step 'Checking the formatting'
  if check_format; then done_step ok; else
    fail_step
    sed -n '1,40p' "$results/format.log"
    echo 'Repair with: dotnet format whitespace . --folder --exclude artifacts/'
  fi
fi

echo 'Running tests'
run_tests
show_slowest
finish
