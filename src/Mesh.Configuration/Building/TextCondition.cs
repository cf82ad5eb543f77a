using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Building;

/// <summary>A condition of a <see cref="RouteBuilder"/> that still has to say what it compares with.</summary>
public readonly struct TextCondition
{
    private readonly RouteBuilder _route;
    private readonly Func<HTTPMatchRequestSpec, string, StringMatchSpec, HTTPMatchRequestSpec> _set;
    private readonly string _name;

    internal TextCondition(RouteBuilder route, Func<HTTPMatchRequestSpec, string, StringMatchSpec, HTTPMatchRequestSpec> set, string name) =>
        (_route, _set, _name) = (route, set, name);

    /// <summary>The value is the text.</summary>
    /// <param name="value">The text, case-sensitive.</param>
    public RouteBuilder Is(string value) => With(new StringMatchSpec { Exact = value });

    /// <summary>The value begins with the text.</summary>
    /// <param name="value">The text, case-sensitive.</param>
    public RouteBuilder StartsWith(string value) => With(new StringMatchSpec { Prefix = value });

    /// <summary>The whole value matches the expression.</summary>
    /// <param name="regex">RE2 syntax, as in Istio.</param>
    public RouteBuilder Matches(string regex) => With(new StringMatchSpec { Regex = regex });

    /// <summary>The value is there, whatever it is. For headers.</summary>
    public RouteBuilder IsPresent() => With(new StringMatchSpec());

    private RouteBuilder With(StringMatchSpec value)
    {
        var (set, name) = (_set, _name);
        return _route.Match(m => set(m, name, value));
    }
}
