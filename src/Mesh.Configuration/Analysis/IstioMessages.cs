using static Mesh.Configuration.Analysis.AnalysisLevel;

namespace Mesh.Configuration.Analysis;

/// <summary>Istio's messages whose question exists in process. Codes, names and levels are those of istioctl analyze.</summary>
internal static class IstioMessages
{
    public static readonly MessageType Deprecated = new("IST0002", "Deprecated", Warning, "uses a feature that is deprecated");
    public static readonly MessageType ReferencedResourceNotFound = new("IST0101", "ReferencedResourceNotFound", Error, "names something that does not exist");
    public static readonly MessageType SchemaValidationError = new("IST0106", "SchemaValidationError", Error, "is not valid by itself and is not used");
    public static readonly MessageType MisplacedAnnotation = new("IST0107", "MisplacedAnnotation", Warning, "an annotation of Istio stands on the wrong kind");
    public static readonly MessageType UnknownAnnotation = new("IST0108", "UnknownAnnotation", Warning, "an annotation in Istio's name that Istio does not know");
    public static readonly MessageType ConflictingMeshGatewayVirtualServiceHosts = new("IST0109", "ConflictingMeshGatewayVirtualServiceHosts", Error, "several VirtualServices route the same host; only the oldest acts");
    public static readonly MessageType ConflictingSidecarWorkloadSelectors = new("IST0110", "ConflictingSidecarWorkloadSelectors", Error, "several Sidecars choose the same workload");
    public static readonly MessageType MultipleSidecarsWithoutWorkloadSelectors = new("IST0111", "MultipleSidecarsWithoutWorkloadSelectors", Error, "several Sidecars are for the whole namespace");
    public static readonly MessageType VirtualServiceDestinationPortSelectorRequired = new("IST0112", "VirtualServiceDestinationPortSelectorRequired", Error, "a destination with several ports is named without one");
    public static readonly MessageType PortNameIsNotUnderNamingConvention = new("IST0118", "PortNameIsNotUnderNamingConvention", Info, "the name of a port says no protocol");
    public static readonly MessageType InvalidAnnotation = new("IST0125", "InvalidAnnotation", Warning, "an annotation of Istio has a value it cannot have");
    public static readonly MessageType NoMatchingWorkloadsFound = new("IST0127", "NoMatchingWorkloadsFound", Warning, "a policy applies to no workload");
    public static readonly MessageType NoServerCertificateVerificationDestinationLevel = new("IST0128", "NoServerCertificateVerificationDestinationLevel", Warning, "TLS without a CA to check the server with");
    public static readonly MessageType NoServerCertificateVerificationPortLevel = new("IST0129", "NoServerCertificateVerificationPortLevel", Warning, "TLS of one port without a CA to check the server with");
    public static readonly MessageType VirtualServiceUnreachableRule = new("IST0130", "VirtualServiceUnreachableRule", Warning, "a rule is never used because earlier ones take its requests");
    public static readonly MessageType VirtualServiceIneffectiveMatch = new("IST0131", "VirtualServiceIneffectiveMatch", Info, "a match repeats one of an earlier rule");
    public static readonly MessageType VirtualServiceHostNotFoundInGateway = new("IST0132", "VirtualServiceHostNotFoundInGateway", Warning, "none of the hosts is exposed by the gateway");
    public static readonly MessageType SchemaWarning = new("IST0133", "SchemaWarning", Warning, "is valid by itself but most likely not as meant");
    public static readonly MessageType ServiceEntryAddressesRequired = new("IST0134", "ServiceEntryAddressesRequired", Warning, "a TCP port of a ServiceEntry without addresses");
    public static readonly MessageType DeprecatedAnnotation = new("IST0135", "DeprecatedAnnotation", Info, "uses a deprecated annotation of Istio");
    public static readonly MessageType GatewayDuplicateCertificate = new("IST0138", "GatewayDuplicateCertificate", Warning, "two gateways of the same workloads use one certificate");
    public static readonly MessageType IngressRouteRulesNotAffected = new("IST0140", "IngressRouteRulesNotAffected", Warning, "the subsets of a mesh rule do not act on what a gateway routes");
    public static readonly MessageType ConflictingGateways = new("IST0145", "ConflictingGateways", Error, "two gateways of the same workloads claim the same host and port");
    public static readonly MessageType JwtClaimBasedRoutingWithoutRequestAuthN = new("IST0149", "JwtClaimBasedRoutingWithoutRequestAuthN", Error, "routes by a claim of a token that nothing validates");
    public static readonly MessageType ExternalNameServiceTypeInvalidPortName = new("IST0150", "ExternalNameServiceTypeInvalidPortName", Warning, "the name of a port of an ExternalName service says no usable protocol");
    public static readonly MessageType EnvoyFilterUsesRelativeOperation = new("IST0151", "EnvoyFilterUsesRelativeOperation", Warning, "an EnvoyFilter depends on the order of others");
    public static readonly MessageType EnvoyFilterUsesReplaceOperationIncorrectly = new("IST0152", "EnvoyFilterUsesReplaceOperationIncorrectly", Error, "REPLACE where Envoy does not take it");
    public static readonly MessageType EnvoyFilterUsesAddOperationIncorrectly = new("IST0153", "EnvoyFilterUsesAddOperationIncorrectly", Error, "ADD where Istio ignores it");
    public static readonly MessageType EnvoyFilterUsesRemoveOperationIncorrectly = new("IST0154", "EnvoyFilterUsesRemoveOperationIncorrectly", Error, "REMOVE where Istio ignores it");
    public static readonly MessageType EnvoyFilterUsesRelativeOperationWithProxyVersion = new("IST0155", "EnvoyFilterUsesRelativeOperationWithProxyVersion", Warning, "an EnvoyFilter for one proxy version depends on the order of others");
    public static readonly MessageType InvalidTelemetryProvider = new("IST0157", "InvalidTelemetryProvider", Warning, "access logging without a provider is ignored");
    public static readonly MessageType ConflictingTelemetryWorkloadSelectors = new("IST0159", "ConflictingTelemetryWorkloadSelectors", Error, "several Telemetries choose the same workload");
    public static readonly MessageType MultipleTelemetriesWithoutWorkloadSelectors = new("IST0160", "MultipleTelemetriesWithoutWorkloadSelectors", Error, "several Telemetries are for the whole namespace");
    public static readonly MessageType InvalidGatewayCredential = new("IST0161", "InvalidGatewayCredential", Error, "the certificate of a gateway cannot be used");
    public static readonly MessageType GatewayPortNotDefinedOnService = new("IST0162", "GatewayPortNotDefinedOnService", Warning, "a gateway listens on a port that no Service opens");
    public static readonly MessageType ReferencedInternalGateway = new("IST0165", "ReferencedInternalGateway", Warning, "names a gateway that Istio generates for itself");
    public static readonly MessageType IneffectiveSelector = new("IST0166", "IneffectiveSelector", Warning, "a selector on a Kubernetes Gateway, which only targetRefs reach");
    public static readonly MessageType IneffectivePolicy = new("IST0167", "IneffectivePolicy", Warning, "a policy without effect where it applies");
    public static readonly MessageType NegativeConditionStatus = new("IST0171", "NegativeConditionStatus", Warning, "the status of an object says that it was not accepted");
    public static readonly MessageType DestinationRuleSubsetNotSelectPods = new("IST0173", "DestinationRuleSubsetNotSelectPods", Error, "a subset without endpoints");
    public static readonly MessageType UnknownDestinationRuleHost = new("IST0174", "UnknownDestinationRuleHost", Warning, "a DestinationRule for a host that does not exist");
    public static readonly MessageType JwksUriFetchUnrestricted = new("IST0175", "JwksUriFetchUnrestricted", Warning, "istiod may fetch keys from any address");
    public static readonly MessageType GatewayApiCrdVersionBelowMinimum = new("IST0176", "GatewayAPICRDVersionBelowMinimum", Warning, "the CRDs of Gateway API are too old for a kind");
    public static readonly MessageType ConflictingServiceEntryProtocol = new("IST0177", "ConflictingServiceEntryProtocol", Warning, "ServiceEntries give one host and port several protocols");
}
