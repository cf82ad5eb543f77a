using System.Globalization;
using System.Text;
using Mesh.Client.Balancing;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// The sticky key of a request as a number. Source: Envoy's hash policies (header, cookie, source address, query parameter): XXH64 of the
/// UTF-8 text; several values of a header are sorted and hashed in a chain; a query parameter counts undecoded, its first value.
/// </summary>
internal sealed class CompiledHashKey(ConsistentHash model, string sourceAddress)
{
    private readonly ulong? _source = model.UseSourceIp ? Hash(sourceAddress) : null;

    /// <summary>The key; null when the request has none, and then chance decides.</summary>
    /// <param name="request">The request as it will be sent.</param>
    /// <param name="random">What a new cookie is made of, where one has to be made.</param>
    /// <param name="cookie">The <c>Set-Cookie</c> of a new session; null when none begins.</param>
    public ulong? Compute(HttpRequestMessage request, ulong random, out string? cookie)
    {
        cookie = null;
        if (model.HttpHeaderName is { } header)
        {
            return request.Headers.NonValidated.TryGetValues(header, out var values) ? OfHeader(values) : null;
        }

        if (model.HttpCookieName is { } name)
        {
            return OfCookie(request, name, random, out cookie);
        }

        if (model.HttpQueryParameterName is { } parameter)
        {
            return new RequestView(request).TryGetQuery(parameter, out var value) ? Hash(value) : null;
        }

        return _source;
    }

    private static ulong OfHeader(System.Net.Http.Headers.HeaderStringValues values)
    {
        if (values.Count == 1)
        {
            return Hash(values.ToString());
        }

        byte[][] texts = [.. values.Select(Encoding.UTF8.GetBytes)];
        Array.Sort(texts, static (left, right) => left.AsSpan().SequenceCompareTo(right));
        ulong seed = 0;
        foreach (var text in texts)
        {
            seed = XxHash64.Hash(text, seed);
        }

        return seed;
    }

    private ulong? OfCookie(HttpRequestMessage request, string name, ulong random, out string? cookie)
    {
        cookie = null;
        if (CookieText.Find(request, name) is { Length: > 0 } value)
        {
            return Hash(value);
        }

        if (model.HttpCookieTtl is not { } ttl)
        {
            return null;
        }

        // Envoy makes the value from the addresses of the connection; in process there is none, so every new session is a number drawn by lot.
        var made = random.ToString("x16", CultureInfo.InvariantCulture);
        cookie = CookieText.SetCookie(name, made, ttl, model.HttpCookiePath, model.HttpCookieAttributes);
        return Hash(made);
    }

    private static ulong Hash(ReadOnlySpan<char> text)
    {
        Span<byte> buffer = stackalloc byte[512];
        return Encoding.UTF8.TryGetBytes(text, buffer, out var written) ? XxHash64.Hash(buffer[..written]) : XxHash64.Hash(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
