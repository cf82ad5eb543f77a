using System.Globalization;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>A place inside a document while its schema is checked. Messages begin as the API server words them and end with what to do.</summary>
/// <param name="Problems">Where messages go.</param>
/// <param name="Path">Path of the value, <c>spec.http[0]</c>.</param>
/// <param name="Position">Where the value stands.</param>
internal readonly record struct SchemaScope(ProblemSink Problems, string Path, SourcePosition Position)
{
    /// <summary>True where the reader passes over fields it does not know, which is worth a warning; else they are refused.</summary>
    public bool PassesUnknown { get; init; }

    public SchemaScope Field(string name, SourcePosition at) => this with { Path = FieldPath.Combine(Path, name), Position = at };

    public SchemaScope Item(int index, SourcePosition at) => this with { Path = FieldPath.Combine(Path, index), Position = at };

    public void Required(string remedy) => Error($"Required value; {remedy}");

    /// <summary>A value that breaks a rule written in CEL.</summary>
    /// <param name="type">Type of the value, as OpenAPI calls it.</param>
    /// <param name="message">The rule's message.</param>
    public void Broken(string type, string message) => Error($"Invalid value: \"{type}\": {message}");

    /// <summary>A value that breaks a rule of OpenAPI.</summary>
    /// <param name="value">The value as JSON.</param>
    /// <param name="should">What follows "in body": <c>should be at least 1 chars long</c>.</param>
    public void Invalid(string value, string should) => Error($"Invalid value: {value}: {Path} in body {should}");

    public void Unsupported(string value, IReadOnlyList<string> supported) =>
        Error($"Unsupported value: {value}: supported values: {string.Join(", ", supported.Select(static s => $"\"{s}\""))}{NameSuggestion.Sentence(value.Trim('"'), supported)}");

    public void TooMany(int count, int limit) => Error(string.Create(CultureInfo.InvariantCulture, $"Too many: {count}: must have at most {limit} items; divide the document"));

    /// <summary>A field nobody knows.</summary>
    public void Unknown(string name, IReadOnlyList<string> known)
    {
        var message = $"unknown field \"{Path}\"{NameSuggestion.Sentence(name, known)}";
        if (PassesUnknown)
        {
            Problems.Warning(Path, Position, message);
        }
        else
        {
            Error(message);
        }
    }

    public void Error(string message) => Problems.Error(Path, Position, message);
}
