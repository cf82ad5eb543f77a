using System.Text;

namespace Mesh.Configuration.Tests.Docs.Support;

/// <summary>The tables as docs/support.md.</summary>
internal static class SupportPage
{
    private const string Head = """
        # Support

        What becomes of every field that is read. The page is written by a test from the specs; a field without a statement fails it.

        | word | means |
        |---|---|
        | **acts** | in a calling process, as Istio's documentation says |
        | validated | read and checked; it does not act yet |
        | server side | it acts where requests arrive |
        | gateway only | it means something to a gateway |
        | not applicable | there is nothing in a process that it could act on |

        A field that is written and does not act is a warning, never silence; only fields that describe and that nothing is routed by (`location`, `serviceAccount`,
        the `status` of an object) pass without one. A field that is not listed is an error.

        """;

    private static readonly (string Heading, SupportTable[] Tables)[] s_chapters =
    [
        ("Istio", [VirtualServiceSupport.Table, DestinationRuleSupport.Table, OtherSupport.ServiceEntry, OtherSupport.WorkloadEntry, OtherSupport.Sidecar, OtherSupport.Gateway, OtherSupport.MeshConfig]),
        ("Gateway API", [GatewayApiRouteSupport.HTTPRoute, GatewayApiRouteSupport.GRPCRoute, GatewayApiSupport.Gateway, GatewayApiSupport.GatewayClass, GatewayApiSupport.ReferenceGrant, GatewayApiSupport.BackendTLSPolicy]),
        ("Kubernetes", [OtherSupport.Service, OtherSupport.Deployment]),
        ("Kinds as a whole", WholeKinds.Tables),
    ];

    public static IEnumerable<SupportTable> Tables => s_chapters.SelectMany(static c => c.Tables);

    public static string Write()
    {
        var text = new StringBuilder(Head);
        foreach (var (heading, tables) in s_chapters)
        {
            text.Append("\n## ").Append(heading).Append('\n');
            WholeTables(text, tables);
            foreach (var table in tables.Where(static t => t.Whole is null))
            {
                text.Append("\n### ").Append(table.Kind).Append("\n\n| field | | |\n|---|---|---|\n");
                foreach (var group in table.Groups)
                {
                    foreach (var statement in group.Statements)
                    {
                        text.Append("| ").Append(group.Place).Append(": ").AppendJoin(", ", statement.Fields.Select(static f => $"`{f}`"))
                            .Append(" | ").Append(Word(statement.Level)).Append(" | ").Append(statement.Why).Append(" |\n");
                    }
                }

                if (table == OtherSupport.MeshConfig)
                {
                    foreach (var (name, why) in Mesh.Configuration.Istio.MeshConfigFields.WithoutEffect)
                    {
                        text.Append("| mesh: `").Append(name).Append("` | ").Append(why.StartsWith("parsed", StringComparison.Ordinal) ? Word(SupportLevel.Validated) : Word(SupportLevel.NotApplicable)).Append(" | ").Append(why).Append(" |\n");
                    }
                }
            }
        }

        return text.ToString();
    }

    private static void WholeTables(StringBuilder text, SupportTable[] tables)
    {
        var whole = tables.Where(static t => t.Whole is not null).ToArray();
        if (whole.Length == 0)
        {
            return;
        }

        text.Append("\n| kind | | |\n|---|---|---|\n");
        foreach (var table in whole)
        {
            text.Append("| ").Append(table.Kind).Append(" | ").Append(Word(table.Whole!.Level)).Append(" | ").Append(table.Whole.Why).Append(" |\n");
        }
    }

    private static string Word(SupportLevel level) => level switch
    {
        SupportLevel.Acts => "**acts**",
        SupportLevel.Validated => "validated",
        SupportLevel.ServerSide => "server side",
        SupportLevel.GatewayOnly => "gateway only",
        _ => "not applicable",
    };
}
