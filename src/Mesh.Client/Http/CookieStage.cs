using System.Net;

namespace Mesh.Client.Http;

/// <summary>
/// Keeps the application's cookie jar working above the endpoints: a jar on a pinned handler would split per endpoint, so ours have none and the client's
/// own is filled and read here, under the logical name.
/// </summary>
internal static class CookieStage
{
    public static void Store(CookieContainer cookies, Uri uri, HttpResponseMessage response)
    {
        foreach (var value in response.Headers.NonValidated["Set-Cookie"])
        {
            try
            {
                cookies.SetCookies(uri, value);
            }
            catch (CookieException)
            {
                // A cookie that does not parse is ignored, as HttpClientHandler does; the answer itself is good.
                continue;
            }
        }
    }
}
