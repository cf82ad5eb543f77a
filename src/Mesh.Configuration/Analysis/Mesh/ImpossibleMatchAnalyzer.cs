using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>MESH1009: has a match a condition that no request can meet?</summary>
internal sealed class ImpossibleMatchAnalyzer : IAnalyzer
{
    public string Name => "mesh.MatchNeverHolds";

    public IReadOnlyList<MessageType> Reports => [MeshMessages.MatchNeverHolds];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        foreach (var virtualService in input.VirtualServices)
        {
            for (var i = 0; i < virtualService.Spec.Http.Count; i++)
            {
                for (var j = 0; j < virtualService.Spec.Http[i].Match.Count; j++)
                {
                    if (Check(virtualService.Spec.Http[i].Match[j]) is { } found)
                    {
                        report.Add(MeshMessages.MatchNeverHolds, virtualService.Document, $"spec.http[{i}].match[{j}].{found.Field}", found.Text);
                    }
                }
            }
        }
    }

    private static (string Field, string Text)? Check(HTTPMatchRequestSpec match)
    {
        if ((match.Uri?.Exact ?? match.Uri?.Prefix) is { Length: > 0 } path)
        {
            if (path[0] != '/' && path != "*")
            {
                return ("uri", $"'{path}' matches no path, since paths begin with '/'; write '/{path}'");
            }

            if (path.Contains('?'))
            {
                return ("uri", $"'{path}' matches no path: the query is not part of it; use 'queryParams'");
            }
        }

        // Methods are compared as they are; what clients send is upper case.
        if ((match.Method?.Exact ?? match.Method?.Prefix) is { Length: > 0 } method && method.Any(char.IsAsciiLetterLower))
        {
            return ("method", $"'{method}' matches no request: methods are compared with case; write '{method.ToUpperInvariant()}'");
        }

        if (match.Scheme?.Exact is { } scheme and not ("http" or "https"))
        {
            return ("scheme", $"'{scheme}' matches no request; schemes are 'http' and 'https'");
        }

        foreach (var (name, value) in match.WithoutHeaders)
        {
            if (value is { Regex: ".*" } or { Prefix: "" })
            {
                return ("withoutHeaders", $"'{name}: {{regex: \".*\"}}' never holds: an absent header counts as empty and matches; write '{name}: {{}}' for \"not present\"");
            }

            if (match.Headers.TryGetValue(name, out var wanted) && wanted.Equals(value))
            {
                return ("withoutHeaders", $"'{name}' is asked for in 'headers' and excluded here; remove one of them");
            }
        }

        return null;
    }
}
