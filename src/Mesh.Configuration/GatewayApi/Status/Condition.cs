namespace Mesh.Configuration.GatewayApi;

/// <summary>One thing that can be said of an object. Source: Kubernetes metav1.Condition, without the time: it is said of documents, not of a moment.</summary>
/// <param name="Type">What is asked: <c>Accepted</c>, <c>ResolvedRefs</c>, <c>Programmed</c>, …</param>
/// <param name="Status"><c>True</c> or <c>False</c>.</param>
/// <param name="Reason">Why, in one word of the API.</param>
/// <param name="Message">Why, in a sentence; empty when all is well.</param>
/// <param name="ObservedGeneration">Version of the spec that was looked at; null for documents without one.</param>
internal sealed record Condition(string Type, string Status, string Reason, string Message, long? ObservedGeneration);

/// <summary>Names of conditions. Source: Gateway API.</summary>
internal static class ConditionType
{
    public const string Accepted = "Accepted";
    public const string ResolvedRefs = "ResolvedRefs";
    public const string Programmed = "Programmed";
    public const string Conflicted = "Conflicted";
    public const string SupportedVersion = "SupportedVersion";
    public const string OverlappingTLSConfig = "OverlappingTLSConfig";
    public const string PartiallyInvalid = "PartiallyInvalid";
    public const string InsecureFrontendValidationMode = "InsecureFrontendValidationMode";
}

/// <summary>Why something is not as it should be.</summary>
/// <param name="Reason">Reason of a condition.</param>
/// <param name="Message">The same in a sentence, with what to do.</param>
internal sealed record Fault(string Reason, string Message);

/// <summary>The conditions of one object in the order in which they are found out.</summary>
/// <param name="generation">Version of the object's spec.</param>
internal sealed class ConditionList(long? generation) : List<Condition>
{
    /// <summary>A condition that is true unless there is a fault. The reason of a true condition is its name.</summary>
    public void Add(string type, Fault? fault) =>
        Add(new Condition(type, fault is null ? "True" : "False", fault?.Reason ?? type, fault?.Message ?? "", generation));

    /// <summary>A condition that is true and still worth a word.</summary>
    public void AddTrue(string type, string reason, string message) => Add(new Condition(type, "True", reason, message, generation));

    public void AddFalse(string type, string reason) => Add(new Condition(type, "False", reason, "", generation));
}
