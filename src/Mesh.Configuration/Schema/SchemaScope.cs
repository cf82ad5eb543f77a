using System.Globalization;
using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Schema;

/// <summary>A place inside a document while its schema is checked. Messages begin as the API server words them and end with what to do.</summary>
/// <param name="Problems">Where messages go.</param>
/// <param name="Path">Path of the value, <c>spec.http[0]</c>.</param>
/// <param name="Position">Where the value stands.</param>
internal readonly record struct SchemaScope(ProblemSink Problems, string Path, SourcePosition Position)
{
    public SchemaScope Field(string name, SourcePosition at) => new(Problems, FieldPath.Combine(Path, name), at);

    public SchemaScope Item(int index, SourcePosition at) => new(Problems, FieldPath.Combine(Path, index), at);

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

    public void Error(string message) => Problems.Error(Path, Position, message);
}
