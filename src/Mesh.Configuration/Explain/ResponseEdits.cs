using Mesh.Model;

namespace Mesh.Configuration.Explain;

/// <summary>Edits of the response, those of the rule and then those of the destination, put together as one.</summary>
internal static class ResponseEdits
{
    public static ExplainedResponse Of(HeaderOperations operations) => Merge(operations, HeaderOperations.None);

    /// <summary>What all destinations do to the response, and what only some do (null: nothing of its own).</summary>
    public static (ExplainedResponse Common, ExplainedResponse?[] OfDestinations) Divide(HeaderOperations ofRule, RouteDestination[] destinations)
    {
        var first = destinations.Length > 0 ? destinations[0].ResponseHeaders : HeaderOperations.None;
        var own = new ExplainedResponse?[destinations.Length];
        if (destinations.All(d => d.ResponseHeaders.Equals(first)))
        {
            return (Merge(ofRule, first), own);
        }

        for (var i = 0; i < own.Length; i++)
        {
            own[i] = destinations[i].ResponseHeaders.IsEmpty ? null : Of(destinations[i].ResponseHeaders);
        }

        return (Of(ofRule), own);
    }

    /// <summary>One list of edits with the effect of two: a later remove or set undoes what came before, a later add comes on top.</summary>
    private static ExplainedResponse Merge(HeaderOperations first, HeaderOperations then)
    {
        var set = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var add = new OrderedDictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        var remove = new List<string>();
        foreach (var operations in (ReadOnlySpan<HeaderOperations>)[first, then])
        {
            foreach (var name in operations.Remove)
            {
                set.Remove(name);
                add.Remove(name);
                if (!remove.Contains(name, StringComparer.OrdinalIgnoreCase))
                {
                    remove.Add(name);
                }
            }

            foreach (var (name, value) in operations.Set)
            {
                add.Remove(name);
                set[name] = value;
            }

            foreach (var (name, value) in operations.Add)
            {
                add[name] = add.TryGetValue(name, out var before) ? before + "," + value : value;
            }
        }

        return new ExplainedResponse(set, add, remove);
    }
}
