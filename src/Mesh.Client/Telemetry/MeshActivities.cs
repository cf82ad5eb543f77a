using System.Diagnostics;
using Mesh.Diagnostics;

namespace Mesh.Client.Telemetry;

/// <summary>
/// Spans: one for each logical call, one for each try below it. Names and attributes follow OpenTelemetry's HTTP client conventions; the try is what
/// those conventions call a client span, so its resend count and endpoint stand on it.
/// </summary>
internal static class MeshActivities
{
    private static readonly ActivitySource s_source = new(MeshTelemetry.ActivitySourceName);

    /// <summary>False when nobody listens: then no span code runs at all.</summary>
    public static bool IsEnabled => s_source.HasListeners();

    public static Activity? StartCall(HttpRequestMessage request, string service, string route)
    {
        var activity = s_source.StartActivity($"{TagValues.Method(request.Method)} {request.RequestUri!.Host}", ActivityKind.Internal);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag(MeshAttributes.HttpRequestMethod, TagValues.Method(request.Method));
            activity.SetTag(MeshAttributes.UrlFull, Redact(request.RequestUri));
            activity.SetTag(MeshAttributes.ServerAddress, request.RequestUri.Host);
            activity.SetTag(MeshAttributes.ServerPort, request.RequestUri.Port);
            activity.SetTag(MeshAttributes.DestinationService, service);
            activity.SetTag(MeshAttributes.Route, route);
        }

        return activity;
    }

    public static Activity? StartAttempt(HttpRequestMessage request, string endpoint, int attempt)
    {
        var activity = s_source.StartActivity(TagValues.Method(request.Method), ActivityKind.Client);
        if (activity is { IsAllDataRequested: true })
        {
            activity.SetTag(MeshAttributes.HttpRequestMethod, TagValues.Method(request.Method));
            activity.SetTag(MeshAttributes.Endpoint, endpoint);
            activity.SetTag(MeshAttributes.Attempt, attempt);
            if (attempt > 1)
            {
                activity.SetTag(MeshAttributes.HttpRequestResendCount, attempt - 1);
            }
        }

        return activity;
    }

    public static void Stop(Activity? activity, HttpResponseMessage? response, Exception? exception, string flags)
    {
        if (activity is null)
        {
            return;
        }

        if (response is not null)
        {
            activity.SetTag(MeshAttributes.HttpResponseStatusCode, (int)response.StatusCode);
            activity.SetTag(MeshAttributes.NetworkProtocolVersion, TagValues.ProtocolVersion(response.Version));
        }

        if (exception is not null || (int?)response?.StatusCode >= 400)
        {
            activity.SetTag(MeshAttributes.ErrorType, exception?.GetType().FullName ?? ((int)response!.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture));
            activity.SetStatus(ActivityStatusCode.Error, exception?.Message);
        }

        activity.SetTag(MeshAttributes.ResponseFlags, flags);
        activity.Dispose();
    }

    /// <summary>User info and query values stay out of telemetry, as .NET's own instrumentation does by default.</summary>
    private static string Redact(Uri uri) => uri.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) + (uri.Query.Length > 0 ? "?*" : "");
}
