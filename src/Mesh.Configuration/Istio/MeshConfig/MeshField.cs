using System.Globalization;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>
/// A place in a mesh's configuration with the value that stands there. In protobuf a field that is not written is a zero value: the empty
/// text, 0, the empty list. In a whole message that is what it says; in a part of one, which is laid over Istio's defaults, it says nothing.
/// </summary>
/// <param name="At">The place.</param>
/// <param name="Node">The value; null: not written.</param>
/// <param name="IsWhole">True when what is not written is zero, false when it has Istio's default, which is right.</param>
internal readonly record struct MeshField(FieldScope At, ConfigNode? Node, bool IsWhole)
{
    public MeshField this[string name] => new(At[name], Node?.Field(name), IsWhole);

    public MeshField this[int index] => new(At[index], Node?.Items[index], IsWhole);

    public bool IsWritten => Node is not null;

    /// <summary>True when the field's value is for this configuration to get right.</summary>
    public bool Counts => IsWhole || IsWritten;

    /// <summary>Items of a list.</summary>
    public int Count => Node?.Items.Count ?? 0;

    public string Text => Node?.Scalar ?? "";

    public bool IsTrue => ScalarText.AsBool(Text) is true;

    public int Integer => ScalarText.TryInteger(Text, out var number) ? (int)long.Clamp(number, int.MinValue, int.MaxValue) : 0;

    /// <summary>A duration of either sign.</summary>
    public TimeSpan Duration
    {
        get
        {
            var isNegative = Text.StartsWith('-');
            return !DurationText.TryParse(Text.AsSpan(isNegative ? 1 : 0), out var duration) ? TimeSpan.Zero : isNegative ? -duration : duration;
        }
    }

    /// <summary>Says of each text of a list what is wrong with it.</summary>
    public void EachText(Func<string, string?> check)
    {
        for (var i = 0; i < Count; i++)
        {
            At[i].ErrorIf(check(this[i].Text));
        }
    }

    /// <summary>The number of a port, which is always needed.</summary>
    public void CheckPort()
    {
        if (Counts && Integer is < 1 or > 65535)
        {
            At.Error(string.Create(CultureInfo.InvariantCulture, $"port number {Integer} must be in the range 1..65535"));
        }
    }

    /// <summary>A text of a form.</summary>
    public void CheckText(Func<string, string?> check)
    {
        if (Counts)
        {
            At.ErrorIf(check(Text));
        }
    }
}
