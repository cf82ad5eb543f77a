namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>WorkloadEntries and WorkloadGroups, as Istio's admission check takes, refuses or warns of them.</summary>
public sealed class WorkloadTests
{
    [TestCase("address: 1.1.1.1", null)]
    [TestCase("address: a.com", null)]
    [TestCase("address: a_b", "spec.address")]
    [TestCase("address: ''", "spec.address")]
    [TestCase("network: net", null, "spec.address")]
    [TestCase("address: 'unix:///a'", null)]
    [TestCase("address: 'unix:///a'\nports: {x: 1}", "spec")]
    [TestCase("address: 1.1.1.1\nports: {a_b: 1}", "spec.ports")]
    [TestCase("address: 1.1.1.1\nports: {a: 0}", "spec.ports.a")]
    [TestCase("address: 1.1.1.1\nlabels: {'a*': b}", "spec.labels[\"a*\"]")]
    public void A_WorkloadEntry(string spec, string? error, string? warning = null) =>
        Networking.Expect("WorkloadEntry", spec, error, warning);

    [TestCase("template: {}", null)]
    [TestCase("{}", "spec.template")]
    [TestCase("template: {}\nmetadata: {labels: {'a*': b}}", "spec.metadata.labels[\"a*\"]")]
    [TestCase("template: {}\nprobe: {}", "spec.probe")]
    [TestCase("template: {}\nprobe: {httpGet: {port: 80}}", null)]
    [TestCase("template: {}\nprobe: {httpGet: {port: 0}}", "spec.probe.httpGet.port")]
    [TestCase("template: {}\nprobe: {httpGet: {port: 80, scheme: http}}", "spec.probe.httpGet.scheme")]
    [TestCase("template: {}\nprobe: {httpGet: {port: 80, httpHeaders: [{name: 'a b'}]}}", "spec.probe.httpGet.httpHeaders[0].name")]
    [TestCase("template: {}\nprobe: {tcpSocket: {port: 65536}}", "spec.probe.tcpSocket.port")]
    [TestCase("template: {}\nprobe: {exec: {command: []}}", "spec.probe.exec.command")]
    [TestCase("template: {}\nprobe: {exec: {command: [a]}, periodSeconds: -1}", "spec.probe.periodSeconds")]
    public void A_WorkloadGroup(string spec, string? error, string? warning = null) =>
        Networking.Expect("WorkloadGroup", spec, error, warning);
}
