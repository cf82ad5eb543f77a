namespace Mesh.Configuration.Analysis;

/// <summary>Answers one question about a set of documents. Keeps nothing between two runs.</summary>
internal interface IAnalyzer
{
    /// <summary>Name of the question; for Istio's questions the name Istio gives its analyzer.</summary>
    string Name { get; }

    /// <summary>The kinds of message it may report.</summary>
    IReadOnlyList<MessageType> Reports { get; }

    /// <summary>What the question needs to know; without it the answer would be a guess, and the question is not asked.</summary>
    AnalysisNeeds Needs => AnalysisNeeds.Nothing;

    /// <summary>Looks at the documents and reports what it finds.</summary>
    void Analyze(AnalysisInput input, AnalysisReport report);
}

/// <summary>What must be among the documents for a question to make sense.</summary>
[Flags]
internal enum AnalysisNeeds
{
    /// <summary>Nothing.</summary>
    Nothing = 0,

    /// <summary>At least one service: a Service, a ServiceEntry or a <c>Services</c> section. A folder of rules alone says nothing about which hosts exist.</summary>
    Services = 1,

    /// <summary>At least one workload: a Pod, something that makes pods, or a WorkloadEntry.</summary>
    Workloads = 2,

    /// <summary>At least one DestinationRule: rules that name subsets are often kept apart from those that define them.</summary>
    DestinationRules = 4,
}
