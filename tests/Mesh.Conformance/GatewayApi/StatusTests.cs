using System.Text.Json;
using Mesh.Configuration.GatewayApi;
using Mesh.Configuration.Sources;

namespace Mesh.Conformance.GatewayApi;

/// <summary>What the suite expects to stand in the status of objects, as far as the manifests of its tests are in the corpus.</summary>
public sealed class StatusTests
{
    [Test]
    public void Conditions_are_those_that_the_suite_expects()
    {
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        var status = new Dictionary<(string, int), IReadOnlyList<ObjectStatus>?>();
        var failures = new Dictionary<string, string>(StringComparer.Ordinal);
        var (total, without) = (0, 0);
        foreach (var line in File.ReadLines(Corpora.Require("gateway-api", "validator", "expected-conditions.jsonl")))
        {
            var row = JsonDocument.Parse(line).RootElement;
            var test = row.GetProperty("test").GetString()!;
            var index = seen[test] = seen.GetValueOrDefault(test, -1) + 1;
            var after = row.GetProperty("after_mutations").GetInt32();
            if (!status.TryGetValue((test, after), out var objects))
            {
                status[(test, after)] = objects = Read(row.GetProperty("file").GetString()!, after);
            }

            if (objects is null)
            {
                without++;
                continue;
            }

            total++;
            if (Difference(row, objects) is { } difference)
            {
                failures.Add($"{test}#{index}", difference);
            }
        }

        TestContext.Out.WriteLine($"gateway-api/expected-conditions: {total - failures.Count} of {total}; {without} are of tests without manifests here");
        ConformanceReport.Settle("gateway-api/expected-conditions", total, failures, new Dictionary<string, string>());
    }

    private static IReadOnlyList<ObjectStatus>? Read(string file, int after)
    {
        var path = Corpora.Require(["gateway-api", .. file.Split('/').Skip(1)]);
        return StatusDocuments.Read(path, after) is not { } text ? null : StatusReader.Read(ConfigBatch.FromYaml("suite", text)).Objects;
    }

    private static string? Difference(JsonElement row, IReadOnlyList<ObjectStatus> objects)
    {
        var (kind, name) = (Text(row, "kind")!, Text(row, "name")!);
        if (objects.FirstOrDefault(o => o.Kind == kind && $"{o.Namespace}/{o.Name}" == name) is not { } status)
        {
            return $"no {kind} {name}";
        }

        return Text(row, "rule") is { } rule ? Rule(rule, status)
            : row.TryGetProperty("attachedRoutes", out var attached) ? Listener(row, status, attached.GetInt32())
            : Conditions(row, status);
    }

    private static string? Rule(string rule, ObjectStatus status)
    {
        var holds = rule.StartsWith("status.parents", StringComparison.Ordinal)
            ? status.Parents.Count == 0 || (status.Parents.Count == 1 && status.Parents[0].Conditions.Any(static c => c is { Type: "Accepted", Status: "False" }))
            : status.Listeners.Count == 0 || (status.Listeners.Count == 1 && status.Listeners[0].AttachedRoutes == 0);
        return holds ? null : $"{rule}; was {status}";
    }

    private static string? Listener(JsonElement row, ObjectStatus status, int attached)
    {
        var listener = status.Listeners.Single(l => l.Name == Text(row, "listener"));

        // The suite names the kinds every implementation has; one may have more, except where it expects none.
        var kinds = row.GetProperty("supportedKinds").EnumerateArray().Select(static k => k.GetString()!).ToArray();
        var fit = kinds.Length == 0 ? listener.SupportedKinds.Count == 0 : kinds.All(k => listener.SupportedKinds.Contains(k));
        return listener.AttachedRoutes == attached && fit ? null : $"was {listener}";
    }

    private static string? Conditions(JsonElement row, ObjectStatus status)
    {
        var (type, value, reason) = (Text(row, "type"), Text(row, "status"), Text(row, "reason"));
        var places = Places(row, status).ToArray();
        return places.Length > 0 && places.All(conditions => conditions.Any(c => c.Type == type && c.Status == value && (reason == "any" || c.Reason == reason)))
            ? null
            : $"{Text(row, "kind")} {Text(row, "name")} {Text(row, "parent")}{Text(row, "ancestor")}{Text(row, "listener")}: expected {type}={value} {reason}; was {string.Join(" / ", places.Select(static p => string.Join(", ", p.Select(static c => $"{c.Type}={c.Status} {c.Reason} {c.Message}"))))}";
    }

    private static IEnumerable<IReadOnlyList<Condition>> Places(JsonElement row, ObjectStatus status)
    {
        if (Text(row, "parent") is { } parent)
        {
            return status.Parents.Where(p => IsMeant(p.ParentRef, parent)).Select(static p => p.Conditions);
        }

        if (Text(row, "ancestor") is { } ancestor)
        {
            return status.Ancestors.Where(p => p.ParentRef.ToString() == ancestor).Select(static p => p.Conditions);
        }

        return Text(row, "listener") switch
        {
            null => [status.Conditions],
            "*" => status.Listeners.Select(static l => l.Conditions),
            var name => status.Listeners.Where(l => l.Name == name).Select(static l => l.Conditions),
        };
    }

    // A third part of the name is the listener, which a route may have chosen by its port.
    private static bool IsMeant(ParentName reference, string parent) => parent.Split('/') is [_, _, var listener]
        ? parent == $"{reference}/{listener}" && (reference.SectionName is null || reference.SectionName == listener)
        : parent == reference.ToString();

    private static string? Text(JsonElement row, string name) => row.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
