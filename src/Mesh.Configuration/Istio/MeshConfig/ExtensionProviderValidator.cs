using System.Globalization;
using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Istio;

/// <summary>
/// What Istio checks of <c>extensionProviders</c>. istiod only logs what is wrong with one and runs without it; whoever asks whether a
/// configuration is right wants to know before. Source: Istio's validateExtensionProvider.
/// </summary>
internal static class ExtensionProviderValidator
{
    // Istio checks nothing of these.
    private static readonly HashSet<string> s_withoutService = new(StringComparer.Ordinal) { "stackdriver", "prometheus", "envoyFileAccessLog" };

    public static void Validate(MeshField providers)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < providers.Count; i++)
        {
            var name = providers[i]["name"];
            if (name.Text.Length == 0)
            {
                name.At.Error("empty extension provider name; name it");
            }
            else if (!names.Add(name.Text))
            {
                name.At.Error($"duplicate extension provider name {name.Text}; rename one");
            }

            Provider(providers[i]);
        }
    }

    private static void Provider(MeshField provider)
    {
        if (Array.Find(ExtensionProviderSchema.Kinds, kind => provider[kind].IsWritten) is not { } kind)
        {
            provider.At.Error($"unsupported provider; add one of {string.Join(", ", ExtensionProviderSchema.Kinds)}");
            return;
        }

        var config = provider[kind];
        if (!s_withoutService.Contains(kind))
        {
            Service(config["service"]);
            if (config["port"].Integer is < 1 or > 65535)
            {
                config["port"].At.Error(string.Create(CultureInfo.InvariantCulture, $"invalid service port: port number {config["port"].Integer} must be in the range 1..65535"));
            }
        }

        switch (kind)
        {
            case "envoyExtAuthzHttp" or "envoyExtAuthzGrpc":
                config["statusOnError"].At.ErrorIf(CheckStatus(config["statusOnError"].Text));
                config["pathPrefix"].At.ErrorIf(CheckPathPrefix(config["pathPrefix"].Text));
                break;
            case "lightstep" when config["accessToken"].Text.Length == 0:
                config["accessToken"].At.Error("access token is required");
                break;
            case "opentelemetry" when config["http"].IsWritten && config["grpc"].IsWritten:
                config["grpc"].At.Error("opentelemetry cannot specify both grpc and http; keep one of them");
                break;
            default:
                break;
        }
    }

    /// <summary>A service is a full name or an address, or <c>namespace/name</c>.</summary>
    public static void Service(MeshField service)
    {
        var name = service.Text;
        if (name.Length == 0)
        {
            service.At.Error("service must not be empty; write its full name");
        }
        else if (name.Contains('/'))
        {
            service.At.ImportedHost(name);
        }
        else if (!IpText.IsAddress(name))
        {
            service.At.ErrorIf(DnsName.CheckHost(name));
        }
    }

    /// <summary>Null for a status that Envoy can answer with, which may be left out; else what is wrong. Source: Envoy type.v3.StatusCode.</summary>
    public static string? CheckStatus(string status)
    {
        if (status.Length == 0)
        {
            return null;
        }

        if (!int.TryParse(status, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var code))
        {
            return $"invalid statusOnError value {status}; write a number such as 403";
        }

        return code is 0 or 100 or (>= 200 and <= 208) or 226 or (>= 300 and <= 305) or 307 or 308 or (>= 400 and <= 417) or (>= 421 and <= 424)
            or 426 or 428 or 429 or 431 or (>= 500 and <= 508) or 510 or 511
            ? null
            : $"unsupported statusOnError value {status}; write a status such as 403";
    }

    private static string? CheckPathPrefix(string prefix) => prefix.Length == 0 ? null
        : !UrlText.TryParse(prefix, out _) ? $"invalid pathPrefix {prefix}; write the beginning of a path"
        : prefix.StartsWith('/') ? null : $"pathPrefix should begin with '/' but found '{prefix}'";
}
