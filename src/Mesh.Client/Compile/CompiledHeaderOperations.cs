using System.Net.Http.Headers;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// Header edits in Envoy's order: all removes, then all overwrites, then all adds (ENVOY §20). <c>Host</c> and pseudo-headers cannot be removed;
/// setting <c>host</c> or <c>:authority</c> changes the authority.
/// </summary>
internal sealed class CompiledHeaderOperations
{
    private readonly HeaderEdit[] _remove;
    private readonly HeaderEdit[] _set;
    private readonly HeaderEdit[] _add;

    private CompiledHeaderOperations(HeaderOperations operations)
    {
        _remove = [.. operations.Remove.Where(static name => !IsAuthority(name) && !name.StartsWith(':')).Select(static name => HeaderEdit.Create(name, ""))];
        _set = [.. operations.Set.Where(static e => !IsAuthority(e.Key)).Select(static e => HeaderEdit.Create(e.Key, e.Value))];
        _add = [.. operations.Add.Where(static e => !IsAuthority(e.Key)).Select(static e => HeaderEdit.Create(e.Key, e.Value))];
        Authority = operations.Set.Concat(operations.Add).Where(static e => IsAuthority(e.Key)).Select(static e => e.Value).FirstOrDefault();
    }

    /// <summary>New authority, or null.</summary>
    public string? Authority { get; }

    public static CompiledHeaderOperations? Create(HeaderOperations? operations) => operations is null || operations.IsEmpty ? null : new(operations);

    /// <summary>Edits the headers of a message; those that describe its content stand with the content, and are nowhere when there is none.</summary>
    public void Apply(HttpHeaders headers, HttpHeaders? contentHeaders)
    {
        foreach (var edit in _remove)
        {
            Remove(headers, contentHeaders, edit);
        }

        foreach (var edit in _set)
        {
            Remove(headers, contentHeaders, edit);
            Add(headers, contentHeaders, edit);
        }

        foreach (var edit in _add)
        {
            Append(edit.IsOfMessage ? headers : contentHeaders, edit);
        }
    }

    private static void Remove(HttpHeaders headers, HttpHeaders? contentHeaders, in HeaderEdit edit)
    {
        if (edit.IsOfMessage)
        {
            headers.Remove(edit.Name);
        }

        if (edit.IsOfContent)
        {
            contentHeaders?.Remove(edit.Name);
        }
    }

    private static void Add(HttpHeaders headers, HttpHeaders? contentHeaders, in HeaderEdit edit)
    {
        if (edit.IsOfMessage)
        {
            headers.TryAddWithoutValidation(edit.Name, edit.Value);
        }
        else
        {
            contentHeaders?.TryAddWithoutValidation(edit.Name, edit.Value);
        }
    }

    /// <summary>
    /// Appends a value as <c>old,new</c>. Two values of a name would leave as <c>old, new</c>, which is the same to HTTP and not to those who compare
    /// texts; headers that may not be folded (RFC 9110 §5.3: Set-Cookie) or fold in their own way stay apart.
    /// </summary>
    private static void Append(HttpHeaders? headers, in HeaderEdit edit)
    {
        if (headers is null)
        {
            return;
        }

        if (edit.MayFold && headers.NonValidated.TryGetValues(edit.Name, out var old))
        {
            var joined = HeaderText.Of(edit.Name, old) + "," + edit.Value;
            headers.Remove(edit.Name);
            headers.TryAddWithoutValidation(edit.Name, joined);
            return;
        }

        headers.TryAddWithoutValidation(edit.Name, edit.Value);
    }

    private static bool IsAuthority(string name) =>
        name.Equals("host", StringComparison.OrdinalIgnoreCase) || name.Equals(":authority", StringComparison.OrdinalIgnoreCase);
}
