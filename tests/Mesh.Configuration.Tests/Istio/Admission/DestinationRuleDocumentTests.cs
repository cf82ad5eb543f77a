namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>Hosts, subsets, selectors and visibility of DestinationRules, as Istio's admission check takes, refuses or warns of them.</summary>
public sealed class DestinationRuleDocumentTests
{
    [TestCase("host: a\nexportTo: ['.']", null)]
    [TestCase("host: a\nexportTo: ['*']", null)]
    [TestCase("host: a\nexportTo: ['~']", "spec.exportTo[0]")]
    [TestCase("host: a\nexportTo: ['.', shop]", "spec.exportTo[1]")]
    [TestCase("host: a\nexportTo: [a, a]", "spec.exportTo[1]")]
    [TestCase("host: a\nexportTo: ['*', a]", "spec.exportTo")]
    [TestCase("host: a\nexportTo: ['']", "spec.exportTo[0]")]
    [TestCase("host: a\nexportTo: [a.b]", "spec.exportTo[0]")]
    [TestCase("host: a\nexportTo: [A]", null)]
    [TestCase("host: a\nexportTo: []", null)]
    [TestCase("host: \"*\"", null)]
    [TestCase("host: \"*.a\"", null)]
    [TestCase("host: \"a.*\"", "spec.host")]
    [TestCase("host: 1.2.3.4", "spec.host")]
    [TestCase("host: \"\"", "spec.host")]
    [TestCase("host: a_b", "spec.host")]
    [TestCase("host: a\nsubsets: [{name: ''}]", "spec.subsets[0].name")]
    [TestCase("host: a\nsubsets: [{name: a_b}]", "spec.subsets[0].name")]
    [TestCase("host: a\nsubsets: [{name: a}, {name: a}]", "spec.subsets[1].name")]
    [TestCase("host: a\nsubsets: [{name: a, labels: {'a*': b}}]", "spec.subsets[0].labels[\"a*\"]")]
    [TestCase("host: a\nsubsets: [{name: a, trafficPolicy: {}}]", "spec.subsets[0].trafficPolicy")]
    [TestCase("host: a\nsubsets: [{}]", "spec.subsets[0].name")]
    [TestCase("host: a\nworkloadSelector: {}", null, "spec.workloadSelector")]
    [TestCase("host: a\nworkloadSelector: {matchLabels: {a: b}}\nexportTo: [other]", "spec.exportTo")]
    [TestCase("host: a\nworkloadSelector: {matchLabels: {a: b}}\nexportTo: [shop]", null)]
    [TestCase("host: a\nworkloadSelector: {matchLabels: {a: b}}\nexportTo: [\"*\"]", "spec.exportTo")]
    [TestCase("host: a\nworkloadSelector: {matchLabels: {\"a*\": b}}", "spec.workloadSelector.matchLabels")]
    public void A_DestinationRule(string spec, string? error, string? warning = null) =>
        Networking.Expect("DestinationRule", spec, error, warning);
}
