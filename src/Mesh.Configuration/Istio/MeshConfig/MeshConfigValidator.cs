using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;

namespace Mesh.Configuration.Istio;

/// <summary>
/// What Istio checks of a MeshConfig, the document of the mesh as a whole, which is no Kubernetes object. First its types, by which it is
/// read at all; fields that nobody knows are passed over, as Istio does. Source: Istio's ApplyMeshConfig and ValidateMeshConfig.
/// </summary>
internal static class MeshConfigValidator
{
    private static readonly TimeSpan s_longestConnectTimeout = TimeSpan.FromHours(1);

    // Source: BoringSSL's named groups, as Istio lists them.
    private static readonly HashSet<string> s_curves = new(StringComparer.Ordinal) { "P-224", "P-256", "P-384", "P-521", "X25519", "X25519Kyber768Draft00", "X25519MLKEM768" };

    /// <summary>Checks a MeshConfig.</summary>
    /// <param name="at">Its place.</param>
    /// <param name="mesh">Its mapping.</param>
    /// <param name="isWhole">True when what is not written is zero; false when it has Istio's default.</param>
    public static void Validate(FieldScope at, ConfigNode mesh, bool isWhole = false)
    {
        if (Typed(at, mesh, MeshConfigSchema.Mesh) is { } typed)
        {
            Mesh(new MeshField(at, typed, isWhole));
        }
    }

    /// <summary>The message in the spelling of its schema; null when it cannot be read, which has been said then.</summary>
    public static ConfigNode? Typed(FieldScope at, ConfigNode node, ObjectSchema schema)
    {
        var typed = ProtoNodes.Conform(node, schema);
        var problems = new ProblemSink();
        schema.Check(new SchemaScope(problems, at.Path, node.Position) { PassesUnknown = true }, typed);
        foreach (var problem in problems.Problems)
        {
            at.Problems.Add(problem with { Kind = at.Problems.Kind, Namespace = at.Problems.Namespace, Name = at.Problems.Name, Source = problem.Source ?? at.Problems.Source });
        }

        return problems.HasErrors ? null : typed;
    }

    private static void Mesh(MeshField mesh)
    {
        mesh["proxyListenPort"].CheckPort();
        ConnectTimeout(mesh["connectTimeout"]);
        ProtocolDetectionTimeout(mesh["protocolDetectionTimeout"]);
        if (mesh["defaultConfig"] is { IsWritten: true } proxy)
        {
            MeshProxyValidator.Validate(proxy);
        }
        else if (mesh.IsWhole)
        {
            mesh["defaultConfig"].At.Error("missing default config; add it");
        }

        Locality(mesh);
        for (var i = 0; i < mesh["serviceSettings"].Count; i++)
        {
            mesh["serviceSettings"][i]["hosts"].EachText(DnsName.CheckWildcardHost);
        }

        mesh["trustDomain"].CheckText(DnsName.CheckTrustDomain);
        mesh["trustDomainAliases"].EachText(DnsName.CheckTrustDomain);
        ExtensionProviderValidator.Validate(mesh["extensionProviders"]);
        if (mesh["meshMTLS"]["ecdhCurves"] is { IsWritten: true } curves)
        {
            curves.At.Error("mesh TLS does not support ECDH curves configuration; move it to tlsDefaults");
        }

        Curves(mesh["tlsDefaults"]["ecdhCurves"]);
    }

    private static void ConnectTimeout(MeshField timeout)
    {
        if (!timeout.Counts)
        {
            return;
        }

        timeout.At.PositiveDuration(timeout.Duration);
        if (timeout.Duration > s_longestConnectTimeout)
        {
            timeout.At.Error($"{timeout.Text} is longer than 1h");
        }
    }

    // Zero, and what is below, is never reached: detection has no end then.
    private static void ProtocolDetectionTimeout(MeshField timeout)
    {
        if (timeout.Duration.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            timeout.At.Error("only durations to ms precision are supported; write whole milliseconds");
        }
    }

    // Which services can eject endpoints is up to their own rules, so that is not asked for here.
    private static void Locality(MeshField mesh)
    {
        if (mesh["localityLbSetting"].Node is { } locality)
        {
            var setting = LoadBalancerReader.ReadLocality(new ObjectReader("", locality, new ProblemSink()));
            LocalityValidator.Validate(mesh.At, new LoadBalancerSpec { LocalityLbSetting = setting }, hasOutlierDetection: true);
        }
    }

    private static void Curves(MeshField curves)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < curves.Count; i++)
        {
            var curve = curves[i];
            if (curve.Text.Length > 0 && !s_curves.Contains(curve.Text))
            {
                curve.At.Warning($"detected unrecognized ECDH curve {curve.Text}; it is left out");
            }
            else if (!seen.Add(curve.Text))
            {
                curve.At.Warning($"detected duplicate ECDH curve {curve.Text}; it counts once");
            }
        }
    }
}
