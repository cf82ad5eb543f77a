using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>
/// What a value may be. The subset of OpenAPI v3 that Kubernetes allows in a CustomResourceDefinition ("structural schema"), and rules
/// that its API server evaluates besides. Sources: Kubernetes CustomResourceDefinition v1, its validation messages.
/// </summary>
internal abstract class FieldSchema
{
    private List<SchemaRule>? _rules;

    /// <summary>Type as OpenAPI calls it.</summary>
    public abstract string TypeName { get; }

    /// <summary>True when null may stand for "not set": the wrapper types of protobuf.</summary>
    public bool IsNullable { get; init; }

    public IReadOnlyList<SchemaRule> Rules => _rules ?? [];

    /// <summary>Checks a value; its rules only when it is what they expect.</summary>
    public void Check(SchemaScope at, ConfigNode node)
    {
        if (IsNullable && node.Kind == ConfigNodeKind.Null)
        {
            return;
        }

        var type = NodeType.Of(node);
        if (!Takes(node, type))
        {
            at.Invalid($"\"{type}\"", $"must be of type {TypeName}: \"{type}\"");
            return;
        }

        CheckValue(at, node);
        foreach (var rule in Rules)
        {
            if (!rule.Holds(node))
            {
                at.Broken(TypeName, rule.Message);
            }
        }
    }

    protected abstract bool Takes(ConfigNode node, string type);

    protected abstract void CheckValue(SchemaScope at, ConfigNode node);

    protected void AddRule(SchemaRule rule) => (_rules ??= []).Add(rule);
}

/// <summary>A rule that looks at the value of one place, CEL in a CustomResourceDefinition.</summary>
/// <param name="Message">Said when it does not hold.</param>
/// <param name="Holds">True when the value is right.</param>
internal sealed record SchemaRule(string Message, Func<ConfigNode, bool> Holds);
