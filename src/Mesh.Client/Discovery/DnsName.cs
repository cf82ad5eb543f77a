using System.Net;
using System.Net.Sockets;
using Mesh.Model;

namespace Mesh.Client.Discovery;

/// <summary>
/// One name that is looked up again and again: what it resolved to last, what is wrong with it, and when it is due again.
/// 1. A lookup that fails, or says that a name that once resolved is gone, keeps the last addresses: DNS servers that restart and zones that
///    are rewritten give such answers for a moment, and a service that has really gone shows by its connections. It is reported as a problem.
/// 2. A name that never resolved is unknown, not empty.
/// 3. Addresses are sorted: the rotation that DNS servers do is not a change.
/// </summary>
internal sealed class DnsName
{
    private readonly DnsContext _context;
    private readonly bool _isLiteral;
    private long _lookedUpAt;
    private TimeSpan _period;
    private int _failures;

    public DnsName(string host, DnsContext context)
    {
        Host = host;
        _context = context;
        if (HostLiteral.TryParse(host, out var address))
        {
            _isLiteral = true;
            Addresses = [address];
        }
    }

    public string Host { get; }

    public bool IsLiteral => _isLiteral;

    /// <summary>The last addresses, in ordinal order of their text; empty: the name never resolved.</summary>
    public ModelList<string> Addresses { get; private set; } = [];

    /// <summary>Why <see cref="Addresses"/> may be out of date; null: they are not.</summary>
    public string? Problem { get; private set; }

    /// <summary>What the last lookup died of; null when it gave an answer, be it that the name does not exist.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Time until the next lookup is due; zero or less: now.</summary>
    public TimeSpan DueIn => _isLiteral ? Timeout.InfiniteTimeSpan : _period - _context.Time.GetElapsedTime(_lookedUpAt);

    public async Task LookUpAsync(CancellationToken cancellationToken)
    {
        var options = _context.Options;
        using var timeout = new CancellationTokenSource(options.LookupTimeout, _context.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            Accept(Select(await _context.Resolver.ResolveAsync(Host, either.Token).ConfigureAwait(false), options.LookupFamily));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested)
        {
            Fail(new TimeoutException($"The lookup took longer than {options.LookupTimeout.TotalSeconds:0.###} s.", e));
        }
        catch (Exception e)
        {
            Fail(e);
        }

        _lookedUpAt = _context.Time.GetTimestamp();
        _period = _failures == 0 ? options.RefreshPeriod : new Backoff(options.MinRetryPeriod, options.MaxRetryPeriod).Delay(_failures, _context.NextRandom());
    }

    private void Accept(ModelList<string> addresses)
    {
        Failure = null;
        if (addresses.Count > 0)
        {
            Addresses = addresses;
            Problem = null;
            _failures = 0;
            return;
        }

        _failures++;
        Problem = $"DNS knows no address of '{Host}'{(Addresses.Count > 0 ? " any more; its last addresses stay in use" : "")}. Check the name and the search domains.";
    }

    private void Fail(Exception failure)
    {
        Failure = failure;
        _failures++;
        Problem = $"The DNS lookup of '{Host}' failed: {failure.Message}{(Addresses.Count > 0 ? " Its last addresses stay in use." : "")}";
    }

    private static ModelList<string> Select(IReadOnlyList<IPAddress> answer, DnsLookupFamily family)
    {
        var all = answer.Select(static ip => ip.IsIPv4MappedToIPv6 ? ip.MapToIPv4() : ip).ToList();
        var v4 = all.Where(static ip => ip.AddressFamily == AddressFamily.InterNetwork);
        var v6 = all.Where(static ip => ip.AddressFamily == AddressFamily.InterNetworkV6);
        var chosen = family switch
        {
            DnsLookupFamily.V4Only => v4,
            DnsLookupFamily.V6Only => v6,
            DnsLookupFamily.V4Preferred => v4.Any() ? v4 : v6,
            DnsLookupFamily.V6Preferred => v6.Any() ? v6 : v4,
            _ => all,
        };
        return chosen.Select(static ip => ip.ToString()).Distinct().Order(StringComparer.Ordinal).ToModelList();
    }
}
