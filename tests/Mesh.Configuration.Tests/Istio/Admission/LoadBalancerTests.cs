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

    [TestCase("warmup: {duration: 1s, aggression: 1, minimumPercent: 100}", null)]
    [TestCase("warmup: {duration: 1s, aggression: 0.5}", "warmup.aggression")]
    [TestCase("warmup: {duration: 1s, minimumPercent: 101}", "warmup.minimumPercent")]
    [TestCase("warmup: {duration: 0s}", "warmup.duration")]
    [TestCase("consistentHash: {httpCookie: {name: a, ttl: 0s, attributes: [{name: a}, {name: b}]}}", null)]
    [TestCase("consistentHash: {httpCookie: {name: a, ttl: 0s, attributes: [{name: a}, {name: A}]}}", "consistentHash.httpCookie.attributes[1]")]
    [TestCase("zoneAwareLbSetting: {failoverPriority: [x]}", null)]
    [TestCase("zoneAwareLbSetting: {failoverPriority: [topology.kubernetes.io/zone]}", "zoneAwareLbSetting.failoverPriority")]
    [TestCase("zoneAwareLbSetting: {failoverPriority: [topology.istio.io/subzone]}", "zoneAwareLbSetting.failoverPriority")]
    [TestCase("zoneAwareLbSetting: {failover: [{from: a, to: b}], failoverPriority: [topology.kubernetes.io/region]}", "zoneAwareLbSetting.failoverPriority")]
    public void Warm_up_cookies_and_zones(string balancer, string? error) =>
        Networking.Expect("DestinationRule", $"host: a\ntrafficPolicy: {{loadBalancer: {{{balancer}}}}}", Networking.Under("spec.trafficPolicy.loadBalancer", error));
}
