using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>Reads a BackendTLSPolicy.</summary>
internal static class BackendTLSPolicyReader
{
    private static readonly BackendTLSPolicyValidationSpec s_missing = new() { Hostname = "" };

    public static BackendTLSPolicySpec Read(ObjectReader reader) => new()
    {
        TargetRefs = reader.List("targetRefs", static r => new PolicyTargetReferenceSpec
        {
            Group = r.RequiredText("group"),
            Kind = r.RequiredString("kind"),
            Name = r.RequiredString("name"),
            SectionName = r.String("sectionName"),
        }),
        Validation = reader.Required("validation", Validation) ?? s_missing,
        Options = reader.StringMap("options"),
    };

    private static BackendTLSPolicyValidationSpec Validation(ObjectReader reader) => new()
    {
        CaCertificateRefs = reader.List("caCertificateRefs", CommonReaders.LocalObject),
        WellKnownCACertificates = reader.String("wellKnownCACertificates"),
        Hostname = reader.RequiredString("hostname"),
        SubjectAltNames = reader.List("subjectAltNames", static r => new SubjectAltNameSpec
        {
            Type = r.RequiredChoice<SubjectAltNameType>("type"),
            Hostname = r.String("hostname"),
            Uri = r.String("uri"),
        }),
    };
}
