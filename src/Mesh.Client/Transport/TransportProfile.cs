using System.Net;
using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace Mesh.Client.Transport;

/// <summary>
/// What the application configured on its own primary handler, as far as it concerns a connection to an endpoint. Equal profiles share connections across
/// all clients; what decides the destination (proxy, redirects, cookies, connection lifetime) is the mesh's business and not part of it.
/// </summary>
internal record TransportProfile
{
    public static TransportProfile Default { get; } = From(new SocketsHttpHandler());

    public int MaxConnectionsPerServer { get; init; } = int.MaxValue;

    public DecompressionMethods AutomaticDecompression { get; init; }

    public TimeSpan Expect100ContinueTimeout { get; init; }

    public int MaxResponseHeadersLength { get; init; }

    public int MaxResponseDrainSize { get; init; }

    public TimeSpan ResponseDrainTimeout { get; init; }

    public int InitialHttp2StreamWindowSize { get; init; }

    public TimeSpan KeepAlivePingDelay { get; init; }

    public TimeSpan KeepAlivePingTimeout { get; init; }

    public HttpKeepAlivePingPolicy KeepAlivePingPolicy { get; init; }

    public bool PreAuthenticate { get; init; }

    public ICredentials? Credentials { get; init; }

    public HeaderEncodingSelector<HttpRequestMessage>? RequestHeaderEncodingSelector { get; init; }

    public HeaderEncodingSelector<HttpRequestMessage>? ResponseHeaderEncodingSelector { get; init; }

    public System.Diagnostics.DistributedContextPropagator? ActivityHeadersPropagator { get; init; }

    /// <summary>The application's TLS options; null when they are the defaults, so that clients which never touched them share connections.</summary>
    public SslClientAuthenticationOptions? SslOptions { get; init; }

    /// <summary>True when the profile holds objects that belong to one handler, so that it cannot outlive the handler's clients.</summary>
    public virtual bool IsBoundToHandler =>
        SslOptions is not null || Credentials is not null || RequestHeaderEncodingSelector is not null || ResponseHeaderEncodingSelector is not null;

    public static TransportProfile From(SocketsHttpHandler handler) => new()
    {
        MaxConnectionsPerServer = handler.MaxConnectionsPerServer,
        AutomaticDecompression = handler.AutomaticDecompression,
        Expect100ContinueTimeout = handler.Expect100ContinueTimeout,
        MaxResponseHeadersLength = handler.MaxResponseHeadersLength,
        MaxResponseDrainSize = handler.MaxResponseDrainSize,
        ResponseDrainTimeout = handler.ResponseDrainTimeout,
        InitialHttp2StreamWindowSize = handler.InitialHttp2StreamWindowSize,
        KeepAlivePingDelay = handler.KeepAlivePingDelay,
        KeepAlivePingTimeout = handler.KeepAlivePingTimeout,
        KeepAlivePingPolicy = handler.KeepAlivePingPolicy,
        PreAuthenticate = handler.PreAuthenticate,
        Credentials = handler.Credentials,
        RequestHeaderEncodingSelector = handler.RequestHeaderEncodingSelector,
        ResponseHeaderEncodingSelector = handler.ResponseHeaderEncodingSelector,
        ActivityHeadersPropagator = handler.ActivityHeadersPropagator,
        SslOptions = IsDefault(handler.SslOptions) ? null : handler.SslOptions,
    };

    public static TransportProfile From(HttpClientHandler handler)
    {
        var profile = Default with
        {
            MaxConnectionsPerServer = handler.MaxConnectionsPerServer,
            AutomaticDecompression = handler.AutomaticDecompression,
            MaxResponseHeadersLength = handler.MaxResponseHeadersLength,
            PreAuthenticate = handler.PreAuthenticate,
            Credentials = handler.Credentials,
        };

        if (handler.ServerCertificateCustomValidationCallback is null && handler.ClientCertificates.Count == 0
            && handler.SslProtocols == System.Security.Authentication.SslProtocols.None && !handler.CheckCertificateRevocationList)
        {
            return profile;
        }

        var validate = handler.ServerCertificateCustomValidationCallback;
        return profile with
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                EnabledSslProtocols = handler.SslProtocols,
                ClientCertificates = handler.ClientCertificates.Count == 0 ? null : handler.ClientCertificates,
                CertificateRevocationCheckMode = handler.CheckCertificateRevocationList ? X509RevocationMode.Online : X509RevocationMode.NoCheck,
                RemoteCertificateValidationCallback = validate is null
                    ? null
                    : (_, certificate, chain, errors) => validate(new HttpRequestMessage(), certificate as X509Certificate2, chain, errors),
            },
        };
    }

    /// <summary>Writes the profile to a handler of the mesh.</summary>
    public void ApplyTo(SocketsHttpHandler handler)
    {
        handler.MaxConnectionsPerServer = MaxConnectionsPerServer;
        handler.AutomaticDecompression = AutomaticDecompression;
        handler.Expect100ContinueTimeout = Expect100ContinueTimeout;
        handler.MaxResponseHeadersLength = MaxResponseHeadersLength;
        handler.MaxResponseDrainSize = MaxResponseDrainSize;
        handler.ResponseDrainTimeout = ResponseDrainTimeout;
        handler.InitialHttp2StreamWindowSize = InitialHttp2StreamWindowSize;
        handler.KeepAlivePingDelay = KeepAlivePingDelay;
        handler.KeepAlivePingTimeout = KeepAlivePingTimeout;
        handler.KeepAlivePingPolicy = KeepAlivePingPolicy;
        handler.PreAuthenticate = PreAuthenticate;
        handler.Credentials = Credentials;
        handler.RequestHeaderEncodingSelector = RequestHeaderEncodingSelector;
        handler.ResponseHeaderEncodingSelector = ResponseHeaderEncodingSelector;
        handler.ActivityHeadersPropagator = ActivityHeadersPropagator;
        if (SslOptions is not null)
        {
            handler.SslOptions = SslOptions;
        }
    }

    private static bool IsDefault(SslClientAuthenticationOptions options) =>
        options.RemoteCertificateValidationCallback is null && options.LocalCertificateSelectionCallback is null
        && options.ClientCertificates is null && options.ClientCertificateContext is null && options.CertificateChainPolicy is null
        && options.CipherSuitesPolicy is null && options.EnabledSslProtocols == System.Security.Authentication.SslProtocols.None
        && options.CertificateRevocationCheckMode == X509RevocationMode.NoCheck;
}
