using Mesh.Configuration.Istio;

namespace Mesh.Configuration.Analysis;

/// <summary>A destination with its place in the VirtualService.</summary>
/// <param name="Path">Path of the destination inside the document.</param>
/// <param name="Destination">The destination.</param>
/// <param name="IsMirror">True for one that only gets copies.</param>
internal readonly record struct PlacedDestination(string Path, DestinationSpec Destination, bool IsMirror);

/// <summary>Every destination that a VirtualService names, in TCP, TLS and HTTP rules, and the mirrors of the last.</summary>
internal static class RouteDestinations
{
    public static IEnumerable<PlacedDestination> Of(VirtualServiceSpec spec)
    {
        for (var i = 0; i < spec.Tcp.Count; i++)
        {
            for (var j = 0; j < spec.Tcp[i].Route.Count; j++)
            {
                yield return new($"spec.tcp[{i}].route[{j}].destination", spec.Tcp[i].Route[j].Destination, false);
            }
        }

        for (var i = 0; i < spec.Tls.Count; i++)
        {
            for (var j = 0; j < spec.Tls[i].Route.Count; j++)
            {
                yield return new($"spec.tls[{i}].route[{j}].destination", spec.Tls[i].Route[j].Destination, false);
            }
        }

        for (var i = 0; i < spec.Http.Count; i++)
        {
            for (var j = 0; j < spec.Http[i].Route.Count; j++)
            {
                yield return new($"spec.http[{i}].route[{j}].destination", spec.Http[i].Route[j].Destination, false);
            }
        }

        for (var i = 0; i < spec.Http.Count; i++)
        {
            if (spec.Http[i].Mirror is { } mirror)
            {
                yield return new($"spec.http[{i}].mirror", mirror, true);
            }

            for (var j = 0; j < spec.Http[i].Mirrors.Count; j++)
            {
                yield return new($"spec.http[{i}].mirrors[{j}].destination", spec.Http[i].Mirrors[j].Destination, true);
            }
        }
    }
}
