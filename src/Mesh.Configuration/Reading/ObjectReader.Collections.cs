using System.Globalization;
using Mesh.Model;

namespace Mesh.Configuration.Reading;

/// <content>Fields that hold objects, lists and maps.</content>
internal sealed partial class ObjectReader
{
    /// <summary>A nested object; null when it is not written.</summary>
    public T? Object<T>(string name, Func<ObjectReader, T> read)
        where T : class
    {
        if (!Ask(name, out var value))
        {
            return null;
        }

        // IConfiguration writes an empty object as an empty text.
        if (value.Kind != ConfigNodeKind.Mapping && !IsEmptyText(value))
        {
            WrongType(name, value, "a mapping");
            return null;
        }

        return Read(name, -1, value, read);
    }

    /// <summary>A list of objects; empty when it is not written.</summary>
    public ModelList<T> List<T>(string name, Func<ObjectReader, T> read)
    {
        if (!Ask(name, out var value) || AsItems(name, value) is not { Count: > 0 } items)
        {
            return [];
        }

        var list = new List<T>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Kind == ConfigNodeKind.Mapping)
            {
                list.Add(Read(name, i, items[i], read));
            }
            else
            {
                ItemError(name, i, items[i], "a mapping");
            }
        }

        return list.ToModelList();
    }

    /// <summary>A map of objects; empty when it is not written.</summary>
    public ModelMap<T> Map<T>(string name, Func<ObjectReader, T> read)
    {
        var entries = Entries(name, out var map);
        if (map is null)
        {
            return ModelMap<T>.Empty;
        }

        var result = new List<KeyValuePair<string, T>>(entries.Count);
        foreach (var (key, value) in entries)
        {
            if (value.Kind is ConfigNodeKind.Mapping || IsEmptyText(value))
            {
                result.Add(new(key, map.Read(key, -1, value, read)));
            }
            else
            {
                map.WrongType(key, value, "a mapping");
            }
        }

        return result.ToModelMap();
    }

    public ModelList<string> Strings(string name)
    {
        if (!Ask(name, out var value) || AsItems(name, value) is not { Count: > 0 } items)
        {
            return [];
        }

        var list = new List<string>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Kind != ConfigNodeKind.Scalar)
            {
                ItemError(name, i, items[i], "a text");
            }
            else if (!items[i].Quoted && !Lenient && ScalarText.IsTyped(items[i].Scalar!))
            {
                ItemError(name, i, items[i], $"a text (write \"{items[i].Scalar}\")");
            }
            else
            {
                list.Add(items[i].Scalar!);
            }
        }

        return list.ToModelList();
    }

    public ModelList<int> Ints(string name)
    {
        if (!Ask(name, out var value) || AsItems(name, value) is not { Count: > 0 } items)
        {
            return [];
        }

        var list = new List<int>(items.Count);
        for (var i = 0; i < items.Count; i++)
        {
            if (items[i].Kind == ConfigNodeKind.Scalar && TryWhole(items[i].Scalar!, out var number) && number is >= int.MinValue and <= int.MaxValue)
            {
                list.Add((int)number);
            }
            else
            {
                ItemError(name, i, items[i], "a whole number");
            }
        }

        return list.ToModelList();
    }

    public ModelMap<string> StringMap(string name)
    {
        var entries = Entries(name, out var map);
        var result = new List<KeyValuePair<string, string>>(entries.Count);
        foreach (var (key, value) in entries)
        {
            if (value.Kind != ConfigNodeKind.Null)
            {
                if (map!.Text(key, value) is { } text)
                {
                    result.Add(new(key, text));
                }
            }
            else
            {
                result.Add(new(key, ""));
            }
        }

        return result.ToModelMap();
    }

    /// <summary>A map of texts that nobody may see: as <see cref="StringMap"/>, with messages that quote no value.</summary>
    public ModelMap<string> ConfidentialMap(string name)
    {
        if (!Ask(name, out var value) || IsEmptyText(value))
        {
            return ModelMap<string>.Empty;
        }

        if (value.Kind != ConfigNodeKind.Mapping)
        {
            Error(name, "must be a mapping of keys to texts");
            return ModelMap<string>.Empty;
        }

        var map = new ObjectReader(this, name, -1, value, Problems, Lenient);
        var result = new List<KeyValuePair<string, string>>(value.Fields.Count);
        foreach (var (key, item) in value.Fields)
        {
            if (item.Kind == ConfigNodeKind.Null)
            {
                result.Add(new(key, ""));
            }
            else if (item.Kind == ConfigNodeKind.Scalar && (item.Quoted || Lenient || !ScalarText.IsTyped(item.Scalar!)))
            {
                result.Add(new(key, item.Scalar!));
            }
            else
            {
                map.Error(key, "must be a text; put quotes around it");
            }
        }

        return result.ToModelMap();
    }

    public ModelMap<int> IntMap(string name)
    {
        var entries = Entries(name, out var map);
        var result = new List<KeyValuePair<string, int>>(entries.Count);
        foreach (var (key, value) in entries)
        {
            if (map!.Integer(key, value, int.MinValue, int.MaxValue) is { } number)
            {
                result.Add(new(key, (int)number));
            }
        }

        return result.ToModelMap();
    }

    private IReadOnlyList<KeyValuePair<string, ConfigNode>> Entries(string name, out ObjectReader? map)
    {
        map = null;
        if (!Ask(name, out var value) || IsEmptyText(value))
        {
            return [];
        }

        if (value.Kind != ConfigNodeKind.Mapping)
        {
            WrongType(name, value, "a mapping");
            return [];
        }

        map = new ObjectReader(this, name, -1, value, Problems, Lenient);
        return value.Fields;
    }

    private T Read<T>(string name, int index, ConfigNode value, Func<ObjectReader, T> read)
    {
        var reader = new ObjectReader(this, name, index, value, Problems, Lenient);
        var result = read(reader);
        reader.Finish();
        return result;
    }

    private IReadOnlyList<ConfigNode>? AsItems(string name, ConfigNode value)
    {
        switch (value.Kind)
        {
            case ConfigNodeKind.Sequence:
                return value.Items;
            case ConfigNodeKind.Scalar when IsEmptyText(value):
                return [];

            // IConfiguration knows no lists, only keys that are numbers, which it sorts as numbers.
            case ConfigNodeKind.Mapping when Lenient && value.Fields.All(static f => int.TryParse(f.Key, NumberStyles.None, CultureInfo.InvariantCulture, out _)):
                return [.. value.Fields.Select(static f => f.Value)];
            default:
                WrongType(name, value, "a list");
                return null;
        }
    }

    private bool IsEmptyText(ConfigNode value) => Lenient && value is { Kind: ConfigNodeKind.Scalar, Scalar: "" };

    private void ItemError(string name, int index, ConfigNode item, string expected) =>
        Problems.Error(FieldPath.Combine(Qualify(name), index), item.Position, $"must be {expected}, not {item.Describe()}");
}
