using Mesh.Client.Balancing;

namespace Mesh.Conformance.Envoy;

/// <summary>
/// How Envoy shares requests over priorities. Cases with another overprovisioning factor than Envoy's own, with weights in place of counts or
/// with excluded hosts cannot come from an Istio document and are left out.
/// </summary>
public sealed class PriorityLoadTests
{
    [Test]
    public void Priorities_get_the_shares_that_Envoy_gives_them()
    {
        var failures = new Dictionary<string, string>();
        var total = 0;
        var index = 0;
        foreach (var row in Rows.Read("envoy", "lb", "priority_load.json").GetProperty("cases").EnumerateArray())
        {
            index++;
            var levels = row.GetProperty("priorities").EnumerateArray().ToArray();
            if (row.GetProperty("weighted_priority_health").GetBoolean()
                || levels.Any(static l => l.GetProperty("opf").GetInt32() != PriorityLoad.OverprovisioningFactor || l.GetProperty("excluded").GetInt32() != 0))
            {
                continue;
            }

            total++;
            PriorityHealth[] health = [.. levels.Select(static l => new PriorityHealth(l.GetProperty("hosts").GetInt32(), l.GetProperty("healthy").GetInt32(), l.GetProperty("degraded").GetInt32()))];
            var shares = PriorityLoad.Compute(health, row.GetProperty("panic_threshold").GetInt32());
            var expected = row.GetProperty("expected");
            var wrong = expected.GetProperty("healthy_load").EnumerateArray().Select(static l => l.GetInt32()).SequenceEqual(shares.Select(static s => s.Healthy)) is false
                || (expected.Has("degraded_load") && !expected.GetProperty("degraded_load").EnumerateArray().Select(static l => l.GetInt32()).SequenceEqual(shares.Select(static s => s.Degraded)));
            if (wrong)
            {
                failures[$"{row.Text("test")}#{index}"] = $"{expected.GetRawText()} gave {string.Join(", ", shares)}";
            }
        }

        ConformanceReport.Settle("envoy/lb priorities", total, failures, new Dictionary<string, string>());
    }
}
