namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>Balancing blocks of DestinationRules, as Istio's admission check takes, refuses or warns of them.</summary>
public sealed class LoadBalancerTests
{
    [TestCase("{loadBalancer: {}}", null)]
    [TestCase("{loadBalancer: {consistentHash: {}}}", null)]
    [TestCase("{loadBalancer: {consistentHash: {httpCookie: {}}}}", "loadBalancer.consistentHash.httpCookie.name")]
    [TestCase("{loadBalancer: {consistentHash: {useSourceIp: true, minimumRingSize: 1}}}", null, "loadBalancer.consistentHash.minimumRingSize")]
    [TestCase("{loadBalancer: {consistentHash: {useSourceIp: true, minimumRingSize: 1, ringHash: {}}}}", "loadBalancer.consistentHash.minimumRingSize", "loadBalancer.consistentHash.minimumRingSize")]
    [TestCase("{loadBalancer: {consistentHash: {useSourceIp: true, maglev: {}}}}", "loadBalancer.consistentHash.maglev.tableSize")]
    [TestCase("{loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 1}}}}", null)]
    [TestCase("{loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 2}}}}", null)]
    [TestCase("{loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 4}}}}", "loadBalancer.consistentHash.maglev.tableSize")]
    [TestCase("{loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 65537}}}}", null)]
    [TestCase("{loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 5000011}}}}", "loadBalancer.consistentHash.maglev.tableSize")]
    [TestCase("{loadBalancer: {consistentHash: {useSourceIp: true, maglev: {tableSize: 4999999}}}}", null)]
    [TestCase("{loadBalancer: {consistentHash: {httpHeaderName: ''}}}", null)]
    [TestCase("{loadBalancer: {warmupDurationSecs: 0s}}", "loadBalancer.warmupDurationSecs")]
    [TestCase("{loadBalancer: {localityLbSetting: {failover: [{from: a, to: b}]}}}", null, "loadBalancer.localityLbSetting")]
    [TestCase("{loadBalancer: {localityLbSetting: {failover: [{from: a, to: a}]}}}", "loadBalancer.localityLbSetting.failover[0]", "loadBalancer.localityLbSetting")]
    [TestCase("{loadBalancer: {localityLbSetting: {failover: [{to: a}]}}, outlierDetection: {}}", null)]
    [TestCase("{loadBalancer: {localityLbSetting: {failover: [{from: a/b, to: c}]}}, outlierDetection: {}}", "loadBalancer.localityLbSetting.failover[0]")]
    [TestCase("{loadBalancer: {localityLbSetting: {failover: [{from: '*', to: c}]}}, outlierDetection: {}}", "loadBalancer.localityLbSetting.failover[0]")]
    [TestCase("{loadBalancer: {localityLbSetting: {failover: [{from: a, to: b}], distribute: [{from: a, to: {a: 100}}]}}}", "loadBalancer.localityLbSetting")]
    [TestCase("{loadBalancer: {localityLbSetting: {distribute: [{from: a, to: {a: 99}}]}}}", "loadBalancer.localityLbSetting.distribute[0].to")]
    [TestCase("{loadBalancer: {localityLbSetting: {distribute: [{from: a, to: {a: 100, b: 0}}]}}}", "loadBalancer.localityLbSetting.distribute[0].to.b")]
    [TestCase("{loadBalancer: {localityLbSetting: {distribute: [{from: a, to: {a: 50, b: 50}}, {from: a/b, to: {a: 100}}]}}}", "loadBalancer.localityLbSetting.distribute")]
    [TestCase("{loadBalancer: {localityLbSetting: {distribute: [{from: a/b, to: {a: 100}}, {from: 'a/*', to: {a: 100}}]}}}", null)]
    [TestCase("{loadBalancer: {localityLbSetting: {distribute: [{from: 'a/*', to: {a: 100}}, {from: 'a/b', to: {a: 100}}]}}}", "loadBalancer.localityLbSetting.distribute")]
    [TestCase("{loadBalancer: {localityLbSetting: {distribute: [{from: 'a//c', to: {a: 100}}]}}}", "loadBalancer.localityLbSetting.distribute")]
    [TestCase("{loadBalancer: {localityLbSetting: {failover: [{from: a, to: b}], failoverPriority: [topology.kubernetes.io/region]}}}", "loadBalancer.localityLbSetting.failoverPriority")]
    [TestCase("{loadBalancer: {localityLbSetting: {failoverPriority: [x]}}}", null, "loadBalancer.localityLbSetting")]
    public void A_traffic_policy(string policy, string? error, string? warning = null) =>
        Networking.Expect("DestinationRule", $"host: a\ntrafficPolicy: {policy}", Networking.Under("spec.trafficPolicy", error), Networking.Under("spec.trafficPolicy", warning));
}
