using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Decides who may refer to objects of other namespaces. Grants add up; one entry on either side must hold. Source: GATEWAY_API §11.</summary>
internal sealed class GrantIndex
{
    private readonly ILookup<string, ReferenceGrantSpec> _byNamespace;

    public GrantIndex(IReadOnlyList<Typed<ReferenceGrantSpec>> grants) => _byNamespace = grants.ToLookup(static g => g.Namespace, static g => g.Spec, StringComparer.Ordinal);

    /// <param name="fromKind">Kind of the referring object, of this language's group.</param>
    /// <param name="fromNamespace">Its namespace.</param>
    /// <param name="toGroup">Group of the object it refers to.</param>
    /// <param name="toKind">Kind of that object.</param>
    /// <param name="toNamespace">Namespace of that object.</param>
    /// <param name="toName">Name of that object.</param>
    public bool Allows(string fromKind, string fromNamespace, string toGroup, string toKind, string toNamespace, string toName)
    {
        if (string.Equals(fromNamespace, toNamespace, StringComparison.Ordinal))
        {
            return true;
        }

        foreach (var grant in _byNamespace[toNamespace])
        {
            if (grant.From.Any(f => f.Group == GatewayApiGroup.Name && f.Kind == fromKind && f.Namespace == fromNamespace)
                && grant.To.Any(t => t.Group == toGroup && t.Kind == toKind && (t.Name is null or "" || t.Name == toName)))
            {
                return true;
            }
        }

        return false;
    }
}
