using Mesh.Client.Compile;
using Mesh.Client.Http.Sessions;
using Mesh.Model;

namespace Mesh.Client.Http;

/// <content>What single requests bring along beyond their route: wishes of the caller in Envoy's headers, sticky keys, faults of routes that answer by themselves.</content>
internal sealed partial class MeshCall
{
    /// <summary>The retries of this call: the route's, or what the caller's headers made of them.</summary>
    private RetryPolicy Retries => _extras?.Retries ?? _route.Retries;

    /// <summary>The time for the whole call.</summary>
    private TimeSpan? TimeLimit => _extras is { Retries: not null } extras ? extras.TimeLimit : _route.Forward!.Timeout;

    private void AcceptEnvoyHeaders()
    {
        var headers = _request.Headers;
        if (_route.Forward is not { } forward || !EnvoyRequestHeaders.ArePresent(headers))
        {
            return;
        }

        Extras.Retries = EnvoyRequestHeaders.Retries(headers, forward.Retries);
        _extras!.TimeLimit = EnvoyRequestHeaders.Timeout(headers, forward.Timeout);
        _extras.Fault = EnvoyRequestHeaders.Fault(headers);
        SaveHeaders();
        EnvoyRequestHeaders.Remove(headers);
    }

    private void PrepareHash(CompiledHashKey key)
    {
        Extras.Hash = key.Compute(_request, Runtime.Random.Next(), out var cookie);
        if (cookie is not null)
        {
            (_extras!.Sticky ??= new StickyCall()).SetCookie = cookie;
        }
    }

    /// <summary>What has to be waited for before the first try; an answer when there will be none.</summary>
    private async Task<HttpResponseMessage?> PrepareAsync()
    {
        if (_extras!.Fault is { } fault && await InjectAsync(fault).ConfigureAwait(false) is { } abort)
        {
            return abort;
        }

        if (_cluster is null || _destination is { AnswersItself: true })
        {
            return AnswerLocally();
        }

        if (_extras.Mirrors is not null)
        {
            await PrepareMirrorsAsync().ConfigureAwait(false);
        }

        return null;
    }

    /// <summary>A fault that no pipeline carries. Delay and abort are drawn independently, the delay first (ENVOY §16).</summary>
    private async Task<HttpResponseMessage?> InjectAsync(Fault fault)
    {
        if (fault.Delay is { } delay && delay > TimeSpan.Zero && Runtime.Random.Hits(fault.DelayPercent))
        {
            OnDelayInjected();
            await Task.Delay(delay, Runtime.Time, _callerToken).ConfigureAwait(false);
        }

        return (fault.AbortHttpStatus is not null || fault.AbortGrpcStatus is not null) && Runtime.Random.Hits(fault.AbortPercent) ? CreateAbort(fault) : null;
    }
}
