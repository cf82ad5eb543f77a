using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>
/// A list whose items are alike; with a key, no two of them may have the same value of that field, and in a set no two may be the same.
/// </summary>
internal sealed class ListSchema(FieldSchema items, int minItems = 0, int maxItems = int.MaxValue, string? key = null, bool isSet = false) : FieldSchema
{
    public override string TypeName => "array";

    public FieldSchema Items => items;

    public int MinItems => minItems;

    public int MaxItems => maxItems;

    public ListSchema Rule(string message, Func<ConfigNode, bool> holds)
    {
        AddRule(new(message, holds));
        return this;
    }

    protected override bool Takes(ConfigNode node, string type) => node.Kind == ConfigNodeKind.Sequence;

    protected override void CheckValue(SchemaScope at, ConfigNode node)
    {
        if (node.Items.Count < minItems)
        {
            at.Invalid($"{node.Items.Count}", $"should have at least {minItems} items; add one");
        }

        if (node.Items.Count > maxItems)
        {
            at.TooMany(node.Items.Count, maxItems);
        }

        HashSet<string>? seen = key is null && !isSet ? null : new(StringComparer.Ordinal);
        for (var i = 0; i < node.Items.Count; i++)
        {
            var place = at.Item(i, node.Items[i].Position);
            items.Check(place, node.Items[i]);
            if (key is not null && node.Items[i].Field(key) is { Kind: ConfigNodeKind.Scalar } value && !seen!.Add(value.Scalar!))
            {
                place.Error($"Duplicate value: {{\"{key}\":{NodeType.Show(value)}}}; every '{key}' may occur once");
            }
            else if (isSet && node.Items[i].Scalar is { } item && !seen!.Add(item))
            {
                place.Error($"Duplicate value: {NodeType.Show(node.Items[i])}; every item may occur once");
            }
        }
    }
}
