namespace Mesh.Configuration.GatewayApi;

/// <summary>A reference that leads nowhere, or may not be used.</summary>
/// <param name="Path">Where in the document it stands, <c>spec.rules[0].backendRefs[1]</c>.</param>
/// <param name="Reason">Reason of the condition <c>ResolvedRefs</c>: <c>InvalidKind</c>, <c>BackendNotFound</c>, <c>RefNotPermitted</c>, …</param>
/// <param name="Message">What is wrong, in a sentence.</param>
internal sealed record UnresolvedReference(string Path, string Reason, string Message);
