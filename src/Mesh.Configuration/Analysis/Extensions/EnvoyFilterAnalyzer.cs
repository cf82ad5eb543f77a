using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Analysis;

/// <summary>
/// Does an EnvoyFilter do what its operation can do there, and does it depend on the order in which filters are applied? A process has no
/// Envoy, so this is for the proxies beside it. Source: Istio envoyfilter.EnvoyPatchAnalyzer.
/// </summary>
internal sealed class EnvoyFilterAnalyzer : IAnalyzer
{
    public string Name => "envoyfilter.EnvoyPatchAnalyzer";

    public IReadOnlyList<MessageType> Reports =>
    [
        IstioMessages.EnvoyFilterUsesRelativeOperation, IstioMessages.EnvoyFilterUsesReplaceOperationIncorrectly, IstioMessages.EnvoyFilterUsesAddOperationIncorrectly,
        IstioMessages.EnvoyFilterUsesRemoveOperationIncorrectly, IstioMessages.EnvoyFilterUsesRelativeOperationWithProxyVersion,
    ];

    public void Analyze(AnalysisInput input, AnalysisReport report)
    {
        // Names of the filters that an earlier patch inserts for one version of the proxy only.
        var versioned = new HashSet<string>(StringComparer.Ordinal);
        foreach (var filter in input.OfKind(DocumentKind.EnvoyFilter))
        {
            var hasPriority = filter.Part("spec").Text("priority") is { } priority && ScalarText.TryInteger(priority, out var number) && number != 0;
            var patches = filter.Part("spec").List("configPatches");
            for (var i = 0; i < patches.Count; i++)
            {
                if (patches[i].At("patch") is not { } patch)
                {
                    break;
                }

                var name = FilterName(patches[i], patch);
                if (Check(patch.Text("operation"), patches[i].Text("applyTo"), hasPriority, versioned.Contains(name)) is { } found)
                {
                    report.Add(found.Type, filter, $"spec.configPatches[{i}]", found.Text);
                }

                if (patches[i].Text("match", "proxy", "proxyVersion") is { Length: > 0 })
                {
                    versioned.Add(name);
                }
            }
        }
    }

    private static (MessageType Type, string Text)? Check(string? operation, string? applyTo, bool hasPriority, bool isVersioned)
    {
        var onRoute = applyTo is "ROUTE_CONFIGURATION" or "HTTP_ROUTE";
        return operation switch
        {
            "ADD" => onRoute ? (IstioMessages.EnvoyFilterUsesAddOperationIncorrectly, $"ADD is ignored for {applyTo}; use MERGE") : null,
            "REMOVE" when onRoute => (IstioMessages.EnvoyFilterUsesRemoveOperationIncorrectly, $"REMOVE is ignored for {applyTo}"),
            "REPLACE" when applyTo is not ("NETWORK_FILTER" or "HTTP_FILTER") =>
                (IstioMessages.EnvoyFilterUsesReplaceOperationIncorrectly, $"REPLACE is only for HTTP_FILTER and NETWORK_FILTER, not {applyTo}; use MERGE"),

            // MERGE names what it changes and depends on no order.
            "REMOVE" or "REPLACE" or "INSERT_BEFORE" or "INSERT_AFTER" when !hasPriority => isVersioned
                ? (IstioMessages.EnvoyFilterUsesRelativeOperationWithProxyVersion, $"{operation} without 'priority' meets a filter for one proxy version: it may be lost in an upgrade; set 'priority'")
                : (IstioMessages.EnvoyFilterUsesRelativeOperation, $"{operation} without 'priority' depends on the order of filters and may not be applied; set 'priority', or use INSERT_FIRST or ADD"),
            _ => null,
        };
    }

    private static string FilterName(ConfigNode entry, ConfigNode patch) =>
        patch.At("value") is { Kind: ConfigNodeKind.Mapping } value
            ? value.Text("name") ?? entry.Text("match", "listener", "filterChain", "filter", "name") ?? ""
            : "";
}
