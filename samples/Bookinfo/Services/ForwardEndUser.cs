namespace Bookinfo.Services;

/// <summary>
/// Sends the header <c>end-user</c> of the incoming request on with every call made for it: the rules on Istio's pages match it two hops
/// behind the page. (Trace context needs no such line; .NET forwards it by itself.)
/// </summary>
internal sealed class ForwardEndUser(IHttpContextAccessor context) : DelegatingHandler
{
    public const string Header = "end-user";

    protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (context.HttpContext?.Request.Headers[Header].ToString() is { Length: > 0 } user)
        {
            request.Headers.TryAddWithoutValidation(Header, user);
        }

        return base.SendAsync(request, cancellationToken);
    }
}
