using System.Security.Cryptography.X509Certificates;

namespace Mesh.Testing;

/// <summary>How a <see cref="LoopbackServer"/> is started.</summary>
public sealed class LoopbackServerOptions
{
    /// <summary>Name of the instance: in every answer's <c>x-instance</c> header and in the records. Default <c>server</c>.</summary>
    public string Name { get; set; } = "server";

    /// <summary>What it speaks; each gets a port of its own. Default HTTP/1.1 only.</summary>
    public IReadOnlyList<LoopbackProtocol> Protocols { get; set; } = [LoopbackProtocol.Http1];

    /// <summary>What it does with requests at first. Default <see cref="LoopbackBehavior.Ok"/>.</summary>
    public LoopbackBehavior Behavior { get; set; } = LoopbackBehavior.Ok;

    /// <summary>The certificate of its <see cref="LoopbackProtocol.Https"/> port; required there. The caller keeps owning it.</summary>
    public X509Certificate2? Certificate { get; set; }

    /// <summary>Decides on client certificates, asked for when this is set; null: none is asked for.</summary>
    public Func<X509Certificate2, bool>? ClientCertificateTrust { get; set; }

    /// <summary>False counts requests without keeping them, for runs of many. Default true.</summary>
    public bool RecordRequests { get; set; } = true;
}
