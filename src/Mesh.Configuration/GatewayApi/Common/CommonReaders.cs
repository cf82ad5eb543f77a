using Mesh.Configuration.Reading;

namespace Mesh.Configuration.GatewayApi;

/// <summary>
/// Reads what several kinds share. Unlike in Istio's protobuf documents, an empty text is a value of its own here: <c>group: ""</c> is
/// Kubernetes' core group and not the default one. Source: the CRDs, whose defaults an API server would fill in.
/// </summary>
internal static class CommonReaders
{
    public static ParentReferenceSpec ParentRef(ObjectReader reader) => new()
    {
        Group = reader.String("group") ?? GatewayApiGroup.Name,
        Kind = reader.String("kind") ?? "Gateway",
        Namespace = reader.String("namespace"),
        Name = reader.RequiredString("name"),
        SectionName = reader.String("sectionName"),
        Port = reader.Int32("port"),
    };

    public static BackendObjectReferenceSpec BackendObject(ObjectReader reader) => new()
    {
        Group = reader.String("group") ?? GatewayApiGroup.Core,
        Kind = reader.String("kind") ?? "Service",
        Name = reader.RequiredString("name"),
        Namespace = reader.String("namespace"),
        Port = reader.Int32("port"),
    };

    public static LocalObjectReferenceSpec LocalObject(ObjectReader reader) => new()
    {
        Group = reader.RequiredText("group"),
        Kind = reader.RequiredString("kind"),
        Name = reader.RequiredString("name"),
    };

    public static ObjectReferenceSpec Object(ObjectReader reader) => new()
    {
        Group = reader.RequiredText("group"),
        Kind = reader.RequiredString("kind"),
        Name = reader.RequiredString("name"),
        Namespace = reader.String("namespace"),
    };

    public static SecretObjectReferenceSpec SecretObject(ObjectReader reader) => new()
    {
        Group = reader.String("group") ?? GatewayApiGroup.Core,
        Kind = reader.String("kind") ?? "Secret",
        Name = reader.RequiredString("name"),
        Namespace = reader.String("namespace"),
    };

    public static LabelSelectorSpec LabelSelector(ObjectReader reader) => new()
    {
        MatchLabels = reader.StringMap("matchLabels"),
        MatchExpressions = reader.List("matchExpressions", static r => new LabelSelectorRequirementSpec
        {
            Key = r.RequiredString("key"),
            Operator = r.RequiredString("operator"),
            Values = r.Strings("values"),
        }),
    };

    /// <summary>A text that must be there and may be empty.</summary>
    public static string RequiredText(this ObjectReader reader, string name)
    {
        if (!reader.Has(name))
        {
            reader.Error(name, $"'{name}' is required");
        }

        return reader.String(name) ?? "";
    }

    public static int RequiredInt(this ObjectReader reader, string name)
    {
        if (!reader.Has(name))
        {
            reader.Error(name, $"'{name}' is required");
        }

        return reader.Int32(name) ?? 0;
    }

    /// <summary>A nested object that must be there; null when it is not, after saying so.</summary>
    public static T? Required<T>(this ObjectReader reader, string name, Func<ObjectReader, T> read)
        where T : class
    {
        if (!reader.Has(name))
        {
            reader.Error(name, $"'{name}' is required");
        }

        return reader.Object(name, read);
    }

    /// <summary>A duration as GEP-2257 writes it.</summary>
    public static TimeSpan? GatewayDuration(this ObjectReader reader, string name)
    {
        if (reader.String(name) is not { } text)
        {
            return null;
        }

        if (GatewayApi.GatewayDuration.TryParse(text, out var value))
        {
            return value;
        }

        reader.Error(name, $"'{text}' is not a duration of Gateway API; {GatewayApi.GatewayDuration.Remedy}");
        return null;
    }

    /// <summary>A choice whose texts are the names of an enumeration.</summary>
    public static TEnum? Choice<TEnum>(this ObjectReader reader, string name)
        where TEnum : struct, Enum =>
        reader.Enum<TEnum>(name, [.. Enum.GetValues<TEnum>().Select(static value => (value.ToString(), value))]);

    /// <summary>A choice that must be made.</summary>
    public static TEnum RequiredChoice<TEnum>(this ObjectReader reader, string name)
        where TEnum : struct, Enum
    {
        if (!reader.Has(name))
        {
            reader.Error(name, $"'{name}' is required");
        }

        return reader.Choice<TEnum>(name) ?? default;
    }
}
