using System.Globalization;
using System.Text;
using System.Xml;
using Mesh.Cli.Testing;

namespace Mesh.Cli.Output;

/// <summary>Results of routing tests as JUnit XML, which build servers show: a suite for each file. Source: the JUnit schema of Apache Ant.</summary>
internal static class JUnitReport
{
    public static void Write(string path, IReadOnlyList<SpecResult> specs)
    {
        using var xml = XmlWriter.Create(path, new XmlWriterSettings { Indent = true });
        xml.WriteStartElement("testsuites");
        foreach (var spec in specs)
        {
            Write(xml, spec);
        }

        xml.WriteEndElement();
    }

    private static void Write(XmlWriter xml, SpecResult spec)
    {
        xml.WriteStartElement("testsuite");
        xml.WriteAttributeString("name", Clean(spec.Path));
        xml.WriteAttributeString("tests", Text(spec.Results.Count + (spec.Problems.Count > 0 ? 1 : 0)));
        xml.WriteAttributeString("failures", Text(spec.Results.Count(static r => !r.HasPassed)));
        xml.WriteAttributeString("errors", Text(spec.Problems.Count > 0 ? 1 : 0));
        foreach (var result in spec.Results)
        {
            Begin(xml, spec, result.Test.Name);
            if (!result.HasPassed)
            {
                Failure(xml, "failure", string.Join(", ", result.Differences.Select(static d => d.What)), string.Join('\n', TestText.Diff(result)));
            }

            xml.WriteEndElement();
        }

        if (spec.Problems.Count > 0)
        {
            Begin(xml, spec, "configuration");
            Failure(xml, "error", spec.Problems[0].Message, string.Join('\n', spec.Problems));
            xml.WriteEndElement();
        }

        xml.WriteEndElement();
    }

    private static void Begin(XmlWriter xml, SpecResult spec, string name)
    {
        xml.WriteStartElement("testcase");
        xml.WriteAttributeString("classname", Clean(Path.GetFileNameWithoutExtension(spec.Path)));
        xml.WriteAttributeString("name", Clean(name));
    }

    private static void Failure(XmlWriter xml, string kind, string message, string text)
    {
        xml.WriteStartElement(kind);
        xml.WriteAttributeString("message", Clean(message));
        xml.WriteString(Clean(text));
        xml.WriteEndElement();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    // XML has no way to write most control characters, and half a surrogate pair; names and header values may hold them.
    private static string Clean(string text)
    {
        var builder = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                builder.Append(text[i]);
            }
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                builder.Append(text[i]).Append(text[++i]);
            }
            else
            {
                builder.Append('\uFFFD');
            }
        }

        return builder.ToString();
    }
}
