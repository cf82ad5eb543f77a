using Mesh.Configuration.Expressions;
using Mesh.Configuration.Naming;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Istio;

/// <summary>Checks that several kinds share. Source: Istio's admission validation. Each says what is wrong and what to write instead.</summary>
internal static class CommonChecks
{
    private const int MaxExpression = 1024;
    private static readonly TimeSpan s_millisecond = TimeSpan.FromMilliseconds(1);

    public static void Port(this FieldScope at, int? number)
    {
        if (number is < 1 or > 65535)
        {
            at.Error($"{number} is not a port; ports lie between 1 and 65535");
        }
    }

    /// <summary>A duration of at least one millisecond, in whole milliseconds.</summary>
    public static void PositiveDuration(this FieldScope at, TimeSpan? duration)
    {
        if (duration is not { } value)
        {
            return;
        }

        if (value < s_millisecond)
        {
            at.Error($"must be at least 1ms, not {value.TotalMilliseconds:0.######}ms");
        }
        else if (value.Ticks % TimeSpan.TicksPerMillisecond != 0)
        {
            at.Error("must be a whole number of milliseconds");
        }
    }

    /// <summary>As <see cref="PositiveDuration"/>, and zero as well.</summary>
    public static void DurationOrZero(this FieldScope at, TimeSpan? duration)
    {
        if (duration is { Ticks: not 0 })
        {
            at.PositiveDuration(duration);
        }
    }

    public static void Percent(this FieldScope at, double? value)
    {
        if (value is < 0 or > 100 or double.NaN)
        {
            at.Error($"{value} is not a percentage; it lies between 0 and 100");
        }
    }

    public static void NotNegative(this FieldScope at, long? value)
    {
        if (value < 0)
        {
            at.Error($"must not be negative; leave it out for the default");
        }
    }

    /// <summary>A name to put into another object's rules: subset, port, workload.</summary>
    public static void Label(this FieldScope at, string? value)
    {
        if (value is { Length: > 0 } && !DnsName.IsLabel(value))
        {
            at.Error($"'{value}' is not a DNS label; use letters, digits and '-'");
        }
    }

    /// <summary>The name of a port, which is always needed.</summary>
    public static void PortName(this FieldScope at, string? name)
    {
        if (name is null || !DnsName.IsLabel(name))
        {
            at.Error(name is null or "" ? "a port needs a name" : $"'{name}' is not the name of a port; use letters, digits and '-', at most 63");
        }
    }

    public static void Destination(this FieldScope at, DestinationSpec destination)
    {
        var host = destination.Host;
        if (host.Length == 0)
        {
            at["host"].Error("a destination needs a host");
        }
        else if (host == "*")
        {
            at["host"].Error("'*' is no destination; name a service");
        }
        else
        {
            at["host"].ErrorIf(DnsName.CheckWildcardHost(host));
        }

        at["subset"].Label(destination.Subset);
        if (destination.Port is { } port)
        {
            at["port"]["number"].Port(port.Number);
        }
    }

    /// <summary>A status that an answer may carry.</summary>
    public static void AnswerStatus(this FieldScope at, int status)
    {
        // Istio's own bound takes 600 as well.
        if (status is < 200 or > 600)
        {
            at.Error($"HTTP status {status} is not in range 200-599");
        }
    }

    /// <summary>A text test: the expression compiles, and an empty one is said differently.</summary>
    public static void StringMatch(this FieldScope at, StringMatchSpec? match, bool presenceByStar = false)
    {
        if (match is null)
        {
            return;
        }

        if ((match.Exact is null ? 0 : 1) + (match.Prefix is null ? 0 : 1) + (match.Regex is null ? 0 : 1) > 1)
        {
            at.Error("only one of 'exact', 'prefix' and 'regex' may be set");
        }

        if (match.Prefix is "")
        {
            at["prefix"].Error("an empty prefix matches everything; leave the condition out, or write a prefix");
        }

        if (match.Regex is "")
        {
            at["regex"].Error("an empty expression matches nothing; leave the condition out, or write an expression");
        }
        else if (match.Regex is { } regex && !(presenceByStar && regex == "*"))
        {
            at["regex"].Expression(regex);
        }
    }

    /// <summary>An RE2 expression of a bearable length.</summary>
    public static void Expression(this FieldScope at, string regex)
    {
        if (regex.Length > MaxExpression)
        {
            at.Error($"regex is too large, max length allowed is {MaxExpression}; divide it into several matches");
        }
        else
        {
            at.ErrorIf(Re2.Check(regex));
        }
    }

    public static void Headers(this FieldScope at, HeadersSpec? headers)
    {
        if (headers is null)
        {
            return;
        }

        HeaderOperations(at["request"], headers.Request, isRequest: true);
        HeaderOperations(at["response"], headers.Response, isRequest: false);
    }

    /// <param name="at">The field.</param>
    /// <param name="exportTo">Its entries.</param>
    /// <param name="allowNone">True where <c>~</c> is allowed.</param>
    /// <param name="ownOnly">True for a rule that acts in its own namespace only.</param>
    public static void ExportTo(this FieldScope at, ModelList<string> exportTo, bool allowNone, bool ownOnly = false)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < exportTo.Count; i++)
        {
            var entry = exportTo[i];
            if (entry == "~" && !allowNone)
            {
                at[i].Error("'~' (nobody) is only allowed for ServiceEntry; delete the document instead");
            }
            else if (entry is not ("." or "*" or "~") && !DnsName.IsLabel(entry))
            {
                at[i].Error($"'{entry}' is not a namespace; write '.', '*' or the name of one");
            }

            // '.' and the own namespace are the same.
            if (!seen.Add(entry == "." ? at.Document.Metadata.Namespace : entry))
            {
                at[i].Error($"'{entry}' is listed twice");
            }
        }

        if (ownOnly && seen.Count > 0 && !(seen.Count == 1 && seen.Contains(at.Document.Metadata.Namespace)))
        {
            at.Error("a rule with a workloadSelector acts in its own namespace only; write ['.'] or remove exportTo");
        }

        if (exportTo.Count > 1 && (seen.Contains("~") || seen.Contains("*")))
        {
            at.Error("'*' and '~' stand alone; remove the other entries");
        }
    }

    public static void WorkloadSelector(this FieldScope at, WorkloadSelectorSpec? selector, string labels = "labels")
    {
        if (selector is null)
        {
            return;
        }

        if (selector.Labels.Count == 0)
        {
            at.Warning("a selector without labels chooses every workload of the namespace; remove it, or add labels");
        }

        foreach (var (key, value) in selector.Labels)
        {
            if (key.Length == 0)
            {
                at.Error("empty key is not supported in selector; name the label");
            }
            else if (key.Contains('*') || value.Contains('*'))
            {
                at[labels][key].Error($"wildcard is not supported in selector: \"{key}={value}\"; write the exact label");
            }
        }
    }

    public static void Labels(this FieldScope at, ModelMap<string> labels)
    {
        foreach (var (key, value) in labels)
        {
            at[key].ErrorIf(LabelText.CheckKey(key) ?? LabelText.CheckValue(value));
        }
    }

    private static void HeaderOperations(FieldScope at, HeaderOperationsSpec? operations, bool isRequest)
    {
        if (operations is null)
        {
            return;
        }

        HeaderValues(at["set"], operations.Set, isRequest);
        HeaderValues(at["add"], operations.Add, isRequest);
        for (var i = 0; i < operations.Remove.Count; i++)
        {
            ChangedName(at["remove"][i], operations.Remove[i], authority: false);
        }
    }

    private static void HeaderValues(FieldScope at, ModelMap<string> headers, bool authority)
    {
        foreach (var (name, value) in headers)
        {
            ChangedName(at[name], name, authority);
            HeaderValue(at[name], value);
        }
    }

    // Pseudo headers make up the request line, and only a request's authority may be changed as a header.
    private static void ChangedName(FieldScope at, string name, bool authority)
    {
        HeaderName(at, name);
        if (HTTPRouteValidator.IsAuthority(name))
        {
            if (!authority)
            {
                at.Error($"invalid header '{name}': the authority is only set or added in a request; use 'rewrite'");
            }
        }
        else if (name.StartsWith(':'))
        {
            at.Error($"invalid header '{name}': header cannot have ':' prefix; use 'rewrite'");
        }
    }

    public static void HeaderName(this FieldScope at, string name)
    {
        if (name.Length == 0)
        {
            at.Error("a header needs a name");
        }
        else if (name.AsSpan().IndexOfAny(" \t\r\n\0") >= 0)
        {
            at.LoadError($"'{name}' is not a header name");
        }
    }

    /// <summary>A header name of letters, digits, '-' and '_'.</summary>
    public static void StrictHeaderName(this FieldScope at, string name)
    {
        if (name.Length == 0)
        {
            at.Error("header name cannot be empty");
        }
        else if (!name.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_'))
        {
            at.Error($"header name {name} is not a valid header name; use letters, digits, '-' and '_'");
        }
    }

    /// <summary>A value, which is a format of Envoy's: <c>%REQ(x)%</c> is a command, <c>%%</c> a percent sign.</summary>
    public static void HeaderValue(this FieldScope at, string value)
    {
        if (value.Any(static c => c is < ' ' and not '\t' or '\x7f'))
        {
            at.Error("a header value has no control characters and line breaks");
        }

        at.ErrorIf(HeaderFormat.Check(value));
    }
}
