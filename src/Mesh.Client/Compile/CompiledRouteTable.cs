// hot path
namespace Mesh.Client.Compile;

/// <summary>
/// The rules of one service port in the order in which they are tried. Few rules are scanned; many go through a <see cref="PathIndex"/>.
/// </summary>
internal sealed class CompiledRouteTable
{
    /// <summary>Below this many candidates a scan beats the index (chosen, not measured: either is far below a microsecond there).</summary>
    private const int ScanLimit = 12;

    private readonly CompiledCandidate[] _candidates;
    private readonly PathIndex? _index;
    private readonly CompiledRoute? _always;

    public CompiledRouteTable(CompiledCandidate[] candidates, CompiledRoute noMatch)
    {
        _candidates = candidates;
        NoMatch = noMatch;
        _index = candidates.Length > ScanLimit ? PathIndex.Build(candidates) : null;
        _always = candidates.Length == 0 ? noMatch : candidates[0].Match.IsAlways ? candidates[0].Route : null;
    }

    /// <summary>What happens to a request no rule matches: the service's own cluster, or the answer 404 with flag NR.</summary>
    public CompiledRoute NoMatch { get; }

    public ReadOnlySpan<CompiledCandidate> Candidates => _candidates;

    /// <summary>The route of a request. <paramref name="match"/> is the alternative that held (a rewrite replaces the prefix it matched), or null.</summary>
    public CompiledRoute Match(HttpRequestMessage request, out CompiledMatch? match)
    {
        if (_always is not null)
        {
            match = null;
            return _always;
        }

        var view = new RequestView(request);
        if (_index is not null)
        {
            var found = _index.Match(_candidates, view);
            if (found >= 0)
            {
                match = _candidates[found].Match;
                return _candidates[found].Route;
            }
        }
        else
        {
            foreach (var candidate in _candidates)
            {
                if (candidate.Match.IsMatch(view))
                {
                    match = candidate.Match;
                    return candidate.Route;
                }
            }
        }

        match = null;
        return NoMatch;
    }
}

/// <summary>One alternative of one rule, and the rule's action.</summary>
internal readonly record struct CompiledCandidate(CompiledMatch Match, CompiledRoute Route);
