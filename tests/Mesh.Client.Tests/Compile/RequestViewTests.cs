using Mesh.Client.Compile;

namespace Mesh.Client.Tests.Compile;

/// <summary>What rules see of a request is what goes over the wire.</summary>
[TestFixture]
public class RequestViewTests
{
    [TestCase("http://shop.local")]
    [TestCase("http://shop.local/")]
    [TestCase("http://shop.local/a/b?x=1&y=2")]
    [TestCase("http://shop.local/a?x=1#part")]
    [TestCase("http://shop.local/a#part?x=1")]
    [TestCase("http://shop.local?x=1")]
    [TestCase("http://shop.local#part")]
    [TestCase("http://shop.local/a?")]
    [TestCase("http://shop.local/a?x=ä b")]
    [TestCase("http://shop.local/a?x=%7euser&y=%C3%A4")]
    [TestCase("http://shop.local/a?x=\"<>|")]
    [TestCase("http://shop.local/a?x=/../b")]
    [TestCase("http://shop.local/a?x=1?y=2")]
    [TestCase("http://shop.local/%7Euser/ä")]
    [TestCase("http://shop.local/a/../b/./c?x=1")]
    [TestCase(@"http://shop.local/a\b?x=1")]
    [TestCase("http://user@shop.local:81/a?x=1")]
    public void Path_and_query_are_the_canonical_ones(string url)
    {
        var uri = new Uri(url);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);

        var view = new RequestView(request);

        Assert.That(view.Path.ToString(), Is.EqualTo(uri.AbsolutePath));
        Assert.That(view.Query.ToString(), Is.EqualTo(uri.Query.Length > 0 ? uri.Query[1..] : ""));
    }

    [Test]
    public void The_parts_of_a_user_agent_are_one_value()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://shop.local/");
        request.Headers.UserAgent.ParseAdd("shop/1.0 (linux) mesh/2");

        Assert.That(new RequestView(request).Header("user-agent"), Is.EqualTo("shop/1.0 (linux) mesh/2"));
    }

    [Test]
    public void Cookies_are_joined_as_they_are_sent()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://shop.local/");
        request.Headers.TryAddWithoutValidation("Cookie", "a=1");
        request.Headers.TryAddWithoutValidation("Cookie", "b=2");

        Assert.That(new RequestView(request).Header("cookie"), Is.EqualTo("a=1; b=2"));
    }

    [Test]
    public void Other_values_are_joined_by_a_comma_alone()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://shop.local/");
        request.Headers.Add("x-tag", ["a", "b"]);

        Assert.That(new RequestView(request).Header("X-Tag"), Is.EqualTo("a,b"));
    }
}
