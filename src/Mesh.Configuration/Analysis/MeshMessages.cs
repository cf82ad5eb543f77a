using static Mesh.Configuration.Analysis.AnalysisLevel;

namespace Mesh.Configuration.Analysis;

/// <summary>Messages of our own: what Istio's tools do not say and users lose time with.</summary>
internal static class MeshMessages
{
    public static readonly MessageType UnreadableText = new("MESH1000", "UnreadableText", Error, "a file in which no document can be recognised");
    public static readonly MessageType UnreachableRule = new("MESH1001", "UnreachableRule", Warning, "a rule stands after one that takes every request");
    public static readonly MessageType ShadowedMatch = new("MESH1002", "ShadowedMatch", Warning, "an earlier match takes every request of a later one");
    public static readonly MessageType ZeroWeights = new("MESH1003", "ZeroWeights", Error, "every destination of a rule has the weight 0");
    public static readonly MessageType SubsetWithoutLabels = new("MESH1004", "SubsetWithoutLabels", Warning, "a subset in use has no labels and so stands for every endpoint");
    public static readonly MessageType RetriesMultiply = new("MESH1005", "RetriesMultiply", Warning, "the client retries by itself what the mesh retries too");
    public static readonly MessageType TimeoutShorterThanTries = new("MESH1006", "TimeoutShorterThanTries", Warning, "the time limit of a rule cannot fit its tries");
    public static readonly MessageType UnreachableHost = new("MESH1007", "UnreachableHost", Warning, "a host that no caller can reach");
    public static readonly MessageType RulesForUnknownHost = new("MESH1008", "RulesForUnknownHost", Info, "rules for a host that is no service act on port 80 only");
    public static readonly MessageType MatchNeverHolds = new("MESH1009", "MatchNeverHolds", Warning, "a match that no request can meet");
    public static readonly MessageType OutlierDetectionInert = new("MESH1010", "OutlierDetectionInert", Warning, "maxEjectionPercent is too low for the pool: nothing is ever ejected");
    public static readonly MessageType RetriesOff = new("MESH1011", "RetriesOff", Warning, "a retry policy without attempts turns retries off");
    public static readonly MessageType UnsafeMethodRetried = new("MESH1012", "UnsafeMethodRetried", Warning, "a request that is not idempotent may be sent twice");
    public static readonly MessageType FaultNotRetried = new("MESH1013", "FaultNotRetried", Info, "injected faults meet neither the retries nor the time limit of their rule");
    public static readonly MessageType DuplicateDestinationRule = new("MESH1014", "DuplicateDestinationRule", Warning, "only the first traffic policy for a host acts");
    public static readonly MessageType DelegateNotUsed = new("MESH1015", "DelegateNotUsed", Error, "a rule hands over to a VirtualService that cannot take it");
    public static readonly MessageType RewriteWithoutPathMatch = new("MESH1016", "RewriteWithoutPathMatch", Warning, "a rewrite without a path to replace joins two paths");
    public static readonly MessageType SidecarImportsNothing = new("MESH1017", "SidecarImportsNothing", Warning, "an import of a Sidecar that covers no service");
    public static readonly MessageType FieldWithoutEffect = new("MESH1018", "FieldWithoutEffect", Info, "a field that is understood and has no effect in a process");
    public static readonly MessageType DuplicateDocument = new("MESH1019", "DuplicateDocument", Warning, "the same object is written more than once; the first counts");
    public static readonly MessageType RouteNotAttached = new("MESH1020", "RouteNotAttached", Warning, "a route that one of its parents does not take");
    public static readonly MessageType ReferenceNotResolved = new("MESH1021", "ReferenceNotResolved", Error, "a route sends to something that does not exist or may not be used");
    public static readonly MessageType LikelyMistake = new("MESH1022", "LikelyMistake", Warning, "is accepted by Istio and most likely not as meant in a process");
}
