using Mesh.Configuration.GatewayApi;
using Spectre.Console;

namespace Mesh.Cli.Output;

/// <summary>The status of objects for people: a line for each object and parent, then the conditions that are not as they should be.</summary>
internal static class StatusText
{
    /// <summary>True for a condition that says something is wrong. Most should be true; two should not be there or be false.</summary>
    public static bool IsBad(Condition condition) => condition.Type is ConditionType.Conflicted or ConditionType.PartiallyInvalid
        ? condition.Status == "True"
        : condition.Status == "False";

    public static void Write(IAnsiConsole console, IReadOnlyList<ObjectStatus> objects)
    {
        foreach (var status in objects)
        {
            console.MarkupLineInterpolated($"[bold]{status.Kind} {Full(status)}[/] [dim]{status.File}:{status.Line}[/]");
            if (status.Conditions.Count > 0)
            {
                Conditions(console, "status", status.Conditions);
            }

            foreach (var listener in status.Listeners)
            {
                Conditions(console, $"listener {listener.Name}: {Counted.Of(listener.AttachedRoutes, "route")}, takes {Kinds(listener)}", listener.Conditions);
            }

            foreach (var parent in status.Parents)
            {
                Conditions(console, Name(parent.ParentRef), parent.Conditions);
            }

            foreach (var ancestor in status.Ancestors)
            {
                Conditions(console, $"under {Name(ancestor.ParentRef)}", ancestor.Conditions);
            }

            foreach (var missing in status.Missing)
            {
                console.MarkupLineInterpolated($"  [red]missing[/] {Name(missing.Object)} ({missing.Path}, line {missing.Line}): {missing.Message}");
            }
        }

        console.MarkupLineInterpolated($"{Counted.Of(objects.Count, "object")}.");
    }

    private static void Conditions(IAnsiConsole console, string what, IReadOnlyList<Condition> conditions)
    {
        var bad = conditions.Where(IsBad).ToArray();
        console.MarkupLineInterpolated($"  {what}: {string.Join(", ", conditions.Where(static c => c.Status == "True" && !IsBad(c)).Select(static c => c.Type))}");
        foreach (var condition in bad)
        {
            console.MarkupLineInterpolated($"    [red]{condition.Type}={condition.Status}[/] {condition.Reason}: {condition.Message}");
        }
    }

    // A class belongs to no namespace.
    private static string Full(ObjectStatus status) => status.Namespace.Length == 0 ? status.Name : $"{status.Namespace}/{status.Name}";

    private static string Kinds(ListenerStatus listener) => listener.SupportedKinds.Count == 0 ? "no routes" : string.Join(", ", listener.SupportedKinds);

    private static string Name(ParentName name) =>
        $"{name}{(name.SectionName is { Length: > 0 } section ? $" section {section}" : "")}{(name.Port is { } port ? $" port {port}" : "")}";
}
