#!/bin/sh
# Takes every figure of docs/performance.md again, one run after the other, into bench/Mesh.Peers/results (Markdown) and
# bench/Mesh.Benchmarks/results. Needs nginx and haproxy, a machine with nothing else to do, and about half an hour.
set -eu
cd "$(dirname "$0")/.."
dotnet build bench/Mesh.Benchmarks -c Release -v q -nologo
out=bench/Mesh.Peers/results
mkdir -p "$out"
peers() {
    name=$1
    shift
    dotnet run -c Release --no-build --project bench/Mesh.Peers -- "$@" > "$out/$name.md"
    echo "$name: done"
}

peers stub stub --rounds 18
peers startup startup --rounds 11
for callers in 16 64; do
    peers "lives-$callers" loopback --callers "$callers" --rounds 24 --lives 6 --seconds 0.5 --modes bare,bare2,mesh,bare-h2c,mesh-h2,mesh-h2-one,polly,nginx
done
for callers in 16 64; do
    peers "loopback-$callers" loopback --callers "$callers" --rounds 9
    peers "loopback-$callers-no-spin" loopback --callers "$callers" --rounds 9 --no-spin
done
dotnet run -c Release --no-build --project bench/Mesh.Benchmarks -- scale > bench/Mesh.Benchmarks/results/scale.md
for run in 1 2 3; do
    dotnet run -c Release --no-build --project bench/Mesh.Benchmarks -- load > "bench/Mesh.Benchmarks/results/load-$run.md"
done
dotnet run -c Release --no-build --project bench/Mesh.Benchmarks -- --filter '*'
