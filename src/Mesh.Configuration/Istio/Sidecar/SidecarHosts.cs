using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Checks the hosts an egress listener imports, and warns of what is imported twice. Source: Istio's admission check of Sidecars.</summary>
internal static class SidecarHosts
{
    public static void Validate(FieldScope at, ModelList<string> hosts)
    {
        if (hosts.Count == 0)
        {
            at.Error("imports nothing; write ['*/*'] for everything, or ['~/*'] for nothing");
        }

        var byNamespace = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        for (var i = 0; i < hosts.Count; i++)
        {
            at[i].ImportedHost(hosts[i]);
            var slash = hosts[i].IndexOf('/', StringComparison.Ordinal);
            if (slash <= 0 || hosts[i][0] == '~')
            {
                continue;
            }

            var @namespace = hosts[i][..slash] == "." ? at.Document.Metadata.Namespace : hosts[i][..slash];
            if (!byNamespace.TryGetValue(@namespace, out var names))
            {
                byNamespace[@namespace] = names = new(StringComparer.Ordinal);
            }

            var name = hosts[i][(slash + 1)..];
            if (name == "*" ? names.Count > 0 : names.Contains("*") || names.Contains(name))
            {
                at[i].Warning($"duplicated egress host: '{hosts[i]}' overlaps with another of this namespace; keep the wider one");
            }

            names.Add(name);
        }

        if (byNamespace.Count > 1 && byNamespace.TryGetValue("*", out var everywhere) && everywhere.Contains("*"))
        {
            at.Warning("'*/*' imports everything; remove the other hosts");
        }
    }
}
