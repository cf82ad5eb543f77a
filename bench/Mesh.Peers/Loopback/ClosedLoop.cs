using System.Diagnostics;
using System.Net;
using Mesh.Peers.Modes;

namespace Mesh.Peers.Loopback;

/// <summary>N callers, each sending its next request when the last one is answered and its body read. Errors count over the whole slice.</summary>
internal sealed class ClosedLoop(PeerClient client, int callers)
{
    private static readonly double s_nanosecondsPerTick = 1e9 / Stopwatch.Frequency;
    private readonly Caller[] _callers = [.. Enumerable.Range(0, callers).Select(static _ => new Caller())];
    private readonly List<Task> _tasks = [];
    private volatile bool _stop;
    private volatile bool _recording;
    private string? _firstError;

    public bool Recording { set => _recording = value; }

    public long Requests => _callers.Sum(static c => Volatile.Read(ref c.Requests));

    public long Errors => _callers.Sum(static c => Volatile.Read(ref c.Errors));

    public string? FirstError => _firstError;

    public void Start()
    {
        foreach (var caller in _callers)
        {
            _tasks.Add(Task.Run(() => RunAsync(caller)));
        }
    }

    public LatencyHistogram Stop()
    {
        _stop = true;
        if (!Task.WaitAll([.. _tasks], TimeSpan.FromSeconds(30)))
        {
            _firstError ??= "a request was not answered within 30 s";
            _callers[0].Errors++;
        }

        var all = new LatencyHistogram();
        foreach (var caller in _callers)
        {
            all.Add(caller.Latency);
        }

        return all;
    }

    private async Task RunAsync(Caller caller)
    {
        var buffer = new byte[1024];
        while (!_stop)
        {
            var start = Stopwatch.GetTimestamp();
            try
            {
                using var request = client.CreateRequest();
                using var response = await client.Send(request, CancellationToken.None);
                var length = 0;
                var body = await response.Content.ReadAsStreamAsync();
                for (int read; (read = await body.ReadAsync(buffer)) > 0;)
                {
                    length += read;
                }

                if (response.StatusCode != HttpStatusCode.OK || length != Upstream.BodyBytes)
                {
                    Fail(caller, $"{(int)response.StatusCode} with {length} bytes");
                    continue;
                }
            }
            catch (Exception error)
            {
                Fail(caller, error.ToString());
                continue;
            }

            caller.Requests++;
            if (_recording)
            {
                caller.Latency.Record((long)((Stopwatch.GetTimestamp() - start) * s_nanosecondsPerTick));
            }
        }
    }

    private void Fail(Caller caller, string error)
    {
        caller.Errors++;
        Interlocked.CompareExchange(ref _firstError, error, null);
    }

    /// <summary>Written by one caller only; the histogram between the counters keeps callers off each other's cache lines.</summary>
    private sealed class Caller
    {
        public readonly LatencyHistogram Latency = new();
        public long Requests;
        public long Errors;
    }
}
