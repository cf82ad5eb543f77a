using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>The object a listener is written in, and the Gateway it belongs to: the same, or a ListenerSet and its parent.</summary>
/// <param name="Document">The object.</param>
/// <param name="Gateway">The Gateway with everything on it.</param>
internal readonly record struct ListenerOwner(ConfigDocument Document, GatewayAttachment Gateway)
{
    public string Kind => Document.Kind;

    public string Namespace => Document.Metadata.Namespace;

    /// <summary>True when the listener gives way to those of the Gateway, so that a conflict is a reason to refuse it.</summary>
    public bool IsSet => !ReferenceEquals(Document, Gateway.Gateway.Document);
}
