using Mesh.Configuration.Sources;

namespace Mesh.Configuration.Analysis;

/// <summary>Every question, Istio's first.</summary>
internal static class AnalyzerCatalog
{
    public static IReadOnlyList<IAnalyzer> All { get; } =
    [
        new AnnotationAnalyzer(),
        new AuthorizationPolicyAnalyzer(),
        new JwksFetchAnalyzer(),
        new ConditionAnalyzer(),
        new DeprecationAnalyzer(),
        new ServerVerificationAnalyzer(),
        new SubsetEndpointsAnalyzer(),
        new EnvoyFilterAnalyzer(),
        new GatewayPortAnalyzer(),
        new GatewayCertificateAnalyzer(),
        new GatewayCredentialAnalyzer(),
        new ConflictingGatewayAnalyzer(),
        new PolicySelectorAnalyzer(),
        new GatewayApiCrdAnalyzer(),
        new PortNameAnalyzer(),
        new ServiceEntryAddressesAnalyzer(),
        new ConflictingProtocolAnalyzer(),
        new SidecarSelectorAnalyzer(),
        new TelemetryProviderAnalyzer(),
        new TelemetrySelectorAnalyzer(),
        new DefaultTelemetryAnalyzer(),
        new LightstepAnalyzer(),
        new ConflictingHostsAnalyzer(),
        new DestinationHostAnalyzer(),
        new DestinationSubsetAnalyzer(),
        new VirtualServiceGatewayAnalyzer(),
        new JwtClaimRouteAnalyzer(),
        .. FrontEnd.AdmissionKinds.Select(static k => k.Kind).Distinct().Select(static kind => new ValidationAnalyzer(kind)),
        new UnreachableRuleAnalyzer(),
        new ShadowedMatchAnalyzer(),
        new ZeroWeightsAnalyzer(),
        new SubsetWithoutLabelsAnalyzer(),
        new RetriesMultiplyAnalyzer(),
        new TimeoutAnalyzer(),
        new UnreachableHostAnalyzer(),
        new UnknownHostAnalyzer(),
        new ImpossibleMatchAnalyzer(),
        new OutlierDetectionAnalyzer(),
        new RetriesOffAnalyzer(),
        new UnsafeRetryAnalyzer(),
        new FaultAnalyzer(),
        new DuplicateDestinationRuleAnalyzer(),
        new DelegateAnalyzer(),
        new RewriteAnalyzer(),
        new SidecarImportAnalyzer(),
        new FieldEffectAnalyzer(),
        new DuplicateDocumentAnalyzer(),
        new RouteAttachmentAnalyzer(),
    ];

    /// <summary>Every kind of message, by code.</summary>
    public static IReadOnlyList<MessageType> Messages { get; } =
        [.. All.SelectMany(static a => a.Reports).Append(MeshMessages.UnreadableText).Distinct().OrderBy(static m => m.Code, StringComparer.Ordinal)];
}
