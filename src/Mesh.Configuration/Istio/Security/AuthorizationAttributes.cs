using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>The attributes that conditions may name. Source: Istio security conditions, its ValidateAttribute.</summary>
internal static class AuthorizationAttributes
{
    private static readonly string[] s_plain =
    [
        "source.namespace", "source.principal", "source.trustDomain", "request.auth.principal", "request.auth.audiences", "request.auth.presenter", "connection.sni",
    ];

    private static readonly string[] s_maps = ["request.headers", "request.experimental.inline.headers", "request.auth.claims", "experimental.envoy.filters."];

    public static void Validate(FieldScope at, string key, ModelList<string> values)
    {
        AuthorizationValues.NotEmpty(at, values);
        switch (key)
        {
            case "source.ip" or "remote.ip" or "destination.ip":
                AuthorizationValues.Addresses(at, values);
                break;
            case "destination.port":
                AuthorizationValues.Ports(at, values);
                break;
            case "source.serviceAccount":
                AuthorizationValues.ServiceAccounts(at, values);
                break;
            default:
                if (CheckName(key) is { } problem)
                {
                    at.Error(problem);
                }

                break;
        }
    }

    private static string? CheckName(string key)
    {
        if (s_plain.Contains(key, StringComparer.Ordinal))
        {
            return null;
        }

        if (!s_maps.Any(map => key.StartsWith(map, StringComparison.Ordinal)))
        {
            return $"unknown attribute: {key}; see the conditions of Istio's AuthorizationPolicy";
        }

        var open = key.IndexOf('[', StringComparison.Ordinal);
        return open > 0 && key.EndsWith(']') && key.Length > open + 2 ? null : $"bad key ({key}): write the name in brackets, {key.Split('[')[0]}[name]";
    }
}
