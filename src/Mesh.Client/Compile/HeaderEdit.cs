namespace Mesh.Client.Compile;

/// <summary>
/// A header that rules edit, and where .NET keeps it: with the message, with its content, or (names .NET does not know) with either. The collections throw for
/// a name that belongs to the other one, so the place is found once, by trying.
/// </summary>
internal readonly record struct HeaderEdit
{
    private HeaderEdit(string name, string value, bool ofMessage, bool ofContent)
    {
        Name = name;
        Value = value;
        IsOfMessage = ofMessage;
        IsOfContent = ofContent;
    }

    public string Name { get; }

    public string Value { get; }

    public bool IsOfMessage { get; }

    public bool IsOfContent { get; }

    /// <summary>True when several values may become one text, joined with commas.</summary>
    public bool MayFold => !Name.Equals("Set-Cookie", StringComparison.OrdinalIgnoreCase)
        && !Name.Equals("Cookie", StringComparison.OrdinalIgnoreCase) && !Name.Equals("User-Agent", StringComparison.OrdinalIgnoreCase);

    public static HeaderEdit Create(string name, string value)
    {
        using var message = new HttpRequestMessage();
        using var content = new ByteArrayContent([]);
        return new HeaderEdit(name, value, message.Headers.TryAddWithoutValidation(name, value), content.Headers.TryAddWithoutValidation(name, value));
    }
}
