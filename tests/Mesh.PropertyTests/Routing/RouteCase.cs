using Mesh.Model;

namespace Mesh.PropertyTests.Routing;

/// <summary>A request as text, before it becomes an <see cref="HttpRequestMessage"/>.</summary>
internal sealed record RequestCase(string Method, string Uri, string? Host, IReadOnlyList<(string Name, string Value)> Headers)
{
    public HttpRequestMessage Build()
    {
        var request = new HttpRequestMessage(new HttpMethod(Method), Uri);
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Headers.Host = Host;
        return request;
    }

    public override string ToString() => $"{Method} {Uri} host={Host} [{string.Join("; ", Headers)}]";
}

/// <summary>A service with random rules, and random requests to it.</summary>
internal sealed record RouteCase(ServiceModel Service, IReadOnlyList<RequestCase> Requests)
{
    /// <summary>Fewer rules, then fewer alternatives, then fewer requests.</summary>
    public static IEnumerable<RouteCase> Shrink(RouteCase failing)
    {
        var rules = failing.Service.Rules;
        foreach (var half in Halves(rules))
        {
            yield return failing with { Service = failing.Service with { Rules = half } };
        }

        for (var i = 0; i < rules.Count; i++)
        {
            foreach (var half in Halves(rules[i].Matches))
            {
                if (half.Count > 0)
                {
                    var changed = rules.ToArray();
                    changed[i] = rules[i] with { Matches = half };
                    yield return failing with { Service = failing.Service with { Rules = [.. changed] } };
                }
            }
        }

        if (failing.Requests.Count > 1)
        {
            foreach (var request in failing.Requests)
            {
                yield return failing with { Requests = [request] };
            }
        }
    }

    private static IEnumerable<ModelList<T>> Halves<T>(ModelList<T> items)
    {
        if (items.Count > 3)
        {
            yield return items.Take(items.Count / 2).ToModelList();
            yield return items.Skip(items.Count / 2).ToModelList();
        }

        for (var i = 0; i < items.Count; i++)
        {
            yield return items.Where((_, index) => index != i).ToModelList();
        }
    }

    public override string ToString() =>
        $"rulePorts {Service.RulePorts}, fallThrough {Service.FallThrough}\n{string.Join('\n', Service.Rules.Select(Describe))}\n{string.Join('\n', Requests)}";

    private static string Describe(RouteRule rule) => $"{rule.Name}: {string.Join("\n    or ", rule.Matches.Select(static m =>
        $"path {m.Path} {(m.Path?.IgnoreCase == true ? "ignoring case" : "")} method {m.Method} scheme {m.Scheme} authority {m.Authority} port {m.Port} headers {m.Headers} query {m.QueryParams}"))}";
}
