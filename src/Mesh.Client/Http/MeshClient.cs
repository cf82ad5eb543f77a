using System.Net;
using Mesh.Client.Runtime;
using Mesh.Client.Transport;

namespace Mesh.Client.Http;

/// <summary>What one HttpClient of the application brings along: its connection profile, its wish about redirects, its cookie jar.</summary>
internal sealed class MeshClient
{
    public MeshClient(MeshRuntime runtime, HttpMessageHandler? primary)
    {
        Runtime = runtime;
        switch (primary)
        {
            case null:
                Profile = runtime.Transports.Intern(TransportProfile.Default);
                FollowsRedirects = true;
                MaxRedirects = 50;
                Cookies = new CookieContainer();
                break;
            case SocketsHttpHandler { ConnectCallback: null, PlaintextStreamFilter: null } sockets:
                Profile = runtime.Transports.Intern(TransportProfile.From(sockets));
                FollowsRedirects = sockets.AllowAutoRedirect;
                MaxRedirects = sockets.MaxAutomaticRedirections;
                Cookies = sockets.UseCookies ? sockets.CookieContainer : null;
                break;
            case HttpClientHandler handler when primary.GetType() == typeof(HttpClientHandler):
                Profile = runtime.Transports.Intern(TransportProfile.From(handler));
                FollowsRedirects = handler.AllowAutoRedirect;
                MaxRedirects = handler.MaxAutomaticRedirections;
                Cookies = handler.UseCookies ? handler.CookieContainer : null;
                break;
            default:
                // A handler of unknown make keeps its own ways; it only gets the address.
                Profile = runtime.Transports.Intern(new ForeignProfile(primary));
                break;
        }

        CountsConnections = runtime.Transports.CountsConnections(Profile);
    }

    public MeshRuntime Runtime { get; }

    /// <summary>True when its connections are the mesh's own, which are counted where a limit asks for it.</summary>
    public bool CountsConnections { get; }

    public TransportProfile Profile { get; }

    public bool FollowsRedirects { get; }

    public int MaxRedirects { get; }

    /// <summary>The client's cookie jar, or null when it wants none.</summary>
    public CookieContainer? Cookies { get; }
}
