using System.Net.Http.Headers;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// Header edits in Envoy's order: all removes, then all overwrites, then all adds (ENVOY §20). <c>Host</c> and pseudo-headers cannot be removed;
/// setting <c>host</c> or <c>:authority</c> changes the authority.
/// </summary>
internal sealed class CompiledHeaderOperations
{
    private readonly string[] _remove;
    private readonly KeyValuePair<string, string>[] _set;
    private readonly KeyValuePair<string, string>[] _add;

    private CompiledHeaderOperations(HeaderOperations operations)
    {
        _remove = [.. operations.Remove.Where(static name => !IsAuthority(name) && !name.StartsWith(':'))];
        _set = [.. operations.Set.Where(static e => !IsAuthority(e.Key))];
        _add = [.. operations.Add.Where(static e => !IsAuthority(e.Key))];
        Authority = operations.Set.Concat(operations.Add).Where(static e => IsAuthority(e.Key)).Select(static e => e.Value).FirstOrDefault();
    }

    /// <summary>New authority, or null.</summary>
    public string? Authority { get; }

    public static CompiledHeaderOperations? Create(HeaderOperations? operations) => operations is null || operations.IsEmpty ? null : new(operations);

    /// <summary>Edits the headers of a message; those of the content are found by name.</summary>
    public void Apply(HttpHeaders headers, HttpHeaders? contentHeaders)
    {
        foreach (var name in _remove)
        {
            Remove(headers, contentHeaders, name);
        }

        foreach (var (name, value) in _set)
        {
            Remove(headers, contentHeaders, name);
            Add(headers, contentHeaders, name, value);
        }

        foreach (var (name, value) in _add)
        {
            Add(headers, contentHeaders, name, value);
        }
    }

    /// <summary>Removing throws for a name that belongs to the other half of the message, or is none; looking does not.</summary>
    private static void Remove(HttpHeaders headers, HttpHeaders? contentHeaders, string name)
    {
        if (headers.NonValidated.Contains(name))
        {
            headers.Remove(name);
        }
        else if (contentHeaders is not null && contentHeaders.NonValidated.Contains(name))
        {
            contentHeaders.Remove(name);
        }
    }

    private static void Add(HttpHeaders headers, HttpHeaders? contentHeaders, string name, string value)
    {
        if (!headers.TryAddWithoutValidation(name, value))
        {
            contentHeaders?.TryAddWithoutValidation(name, value);
        }
    }

    private static bool IsAuthority(string name) =>
        name.Equals("host", StringComparison.OrdinalIgnoreCase) || name.Equals(":authority", StringComparison.OrdinalIgnoreCase);
}
