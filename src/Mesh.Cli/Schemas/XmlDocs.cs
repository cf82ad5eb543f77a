using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace Mesh.Cli.Schemas;

/// <summary>
/// The documentation of the specs, which lies as XML beside their assembly: an editor shows it at each field. Without the file there are
/// no descriptions, and nothing else changes.
/// </summary>
internal sealed partial class XmlDocs
{
    private readonly Dictionary<string, XElement> _members;

    private XmlDocs(Dictionary<string, XElement> members) => _members = members;

    public static XmlDocs Of(Assembly assembly)
    {
        var path = Path.ChangeExtension(assembly.Location, ".xml");
        try
        {
            return new(XDocument.Load(path).Descendants("member").Where(static m => m.Attribute("name") is not null)
                .GroupBy(static m => m.Attribute("name")!.Value, StringComparer.Ordinal).ToDictionary(static g => g.Key, static g => g.First(), StringComparer.Ordinal));
        }
        catch (Exception error) when (error is IOException or XmlException or UnauthorizedAccessException)
        {
            // A tool without its documentation still prints what the fields are.
            return new([]);
        }
    }

    /// <summary>What a type is; null when nothing is said.</summary>
    public string? Of(Type type) => Text(Member($"T:{Name(type)}")?.Element("summary"));

    /// <summary>What a field is: the summary of its property, or of the parameter of its record.</summary>
    public string? Of(PropertyInfo property) =>
        Text(Member($"P:{Name(property.DeclaringType!)}.{property.Name}")?.Element("summary"))
        ?? Text(Member($"T:{Name(property.DeclaringType!)}")?.Elements("param").FirstOrDefault(p => p.Attribute("name")?.Value == property.Name));

    private XElement? Member(string name) => _members.GetValueOrDefault(name);

    private static string Name(Type type) => (type.FullName ?? type.Name).Replace('+', '.');

    private static string? Text(XElement? element)
    {
        if (element is null)
        {
            return null;
        }

        // <see cref="P:A.B.C"/> reads as C, <c>x</c> as x.
        var text = string.Concat(element.DescendantNodes().Select(static node => node switch
        {
            XText t => t.Value,
            XElement { Name.LocalName: "see" or "paramref" } reference => Last((reference.Attribute("cref") ?? reference.Attribute("name") ?? reference.Attribute("langword"))?.Value ?? ""),
            _ => "",
        }));
        text = Spaces().Replace(text, " ").Trim();
        return text.Length == 0 ? null : text;
    }

    // Properties are written in camel case, the values of enumerations as they are.
    private static string Last(string reference)
    {
        var name = reference[(reference.LastIndexOf('.') + 1)..];
        return reference.StartsWith("P:", StringComparison.Ordinal) ? JsonNames.Of(name) : name;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
