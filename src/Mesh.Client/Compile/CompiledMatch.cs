// hot path
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>One alternative of a rule, all of whose conditions must hold. Conditions are tried cheapest first; their order cannot change the answer.</summary>
internal sealed class CompiledMatch
{
    private readonly CompiledStringMatch? _method;
    private readonly CompiledStringMatch? _scheme;
    private readonly CompiledStringMatch? _authority;
    private readonly CompiledHeaderMatch[] _headers;
    private readonly CompiledQueryMatch[] _query;

    public CompiledMatch(RouteMatch match)
    {
        Path = match.Path is { } path ? CompiledStringMatch.Create(path.Kind, path.Value, path.IgnoreCase) : null;
        _method = match.Method is { } method ? CompiledStringMatch.Create(method) : null;
        _scheme = match.Scheme is { } scheme ? CompiledStringMatch.Create(scheme) : null;
        _authority = match.Authority is { } authority ? CompiledStringMatch.Create(authority) : null;
        _headers = new CompiledHeaderMatch[match.Headers.Count];
        for (var i = 0; i < _headers.Length; i++)
        {
            _headers[i] = new CompiledHeaderMatch(match.Headers[i].Name, CompiledStringMatch.Create(match.Headers[i].Value), match.Headers[i].Invert);
        }

        _query = new CompiledQueryMatch[match.QueryParams.Count];
        for (var i = 0; i < _query.Length; i++)
        {
            _query[i] = new CompiledQueryMatch(match.QueryParams[i].Name, CompiledStringMatch.Create(match.QueryParams[i].Value));
        }

        IsAlways = Path is null && _method is null && _scheme is null && _authority is null && _headers.Length == 0 && _query.Length == 0;
    }

    public CompiledStringMatch? Path { get; }

    /// <summary>True when nothing is tested: the alternative always holds.</summary>
    public bool IsAlways { get; }

    public bool IsMatch(in RequestView request)
    {
        if (Path is not null && !Path.IsMatch(request.Path))
        {
            return false;
        }

        if (_method is not null && !_method.IsMatch(request.Method))
        {
            return false;
        }

        foreach (var header in _headers)
        {
            if (!header.IsMatch(request))
            {
                return false;
            }
        }

        foreach (var query in _query)
        {
            if (!request.TryGetQuery(query.Name, out var value) || !query.Value.IsMatch(value))
            {
                return false;
            }
        }

        return (_authority is null || _authority.IsMatch(request.Authority)) && (_scheme is null || _scheme.IsMatch(request.Scheme));
    }

    private readonly record struct CompiledQueryMatch(string Name, CompiledStringMatch Value);

    private readonly record struct CompiledHeaderMatch(string Name, CompiledStringMatch Value, bool Invert)
    {
        /// <summary>Source: ISTIO §2 withoutHeaders: inverted, an absent header reads as the empty text unless the test is for presence.</summary>
        public bool IsMatch(in RequestView request)
        {
            var value = request.Header(Name);
            if (!Invert)
            {
                return value is not null && Value.IsMatch(value);
            }

            return Value.Kind == MatchKind.Present ? value is null : !Value.IsMatch(value ?? "");
        }
    }
}
