using System.Net;

namespace Mesh.Testing.Tests;

public class ScriptedTransportTests
{
    private const string Endpoint = "10.0.0.1:8080";
    private static readonly Uri s_uri = new("http://10.0.0.1:8080/items?id=1");
    private ManualTimeProvider _clock = null!;
    private ScriptedTransport _network = null!;
    private HttpMessageInvoker _client = null!;

    [SetUp]
    public void SetUp()
    {
        _clock = new ManualTimeProvider();
        _network = new ScriptedTransport(_clock);
        _client = new HttpMessageInvoker(_network);
    }

    [TearDown]
    public void TearDown() => _client.Dispose();

    [Test]
    public async Task Gives_the_answers_in_order_and_repeats_the_last()
    {
        _network.Script(Endpoint, ScriptedAnswer.Status(503), ScriptedAnswer.Status(200, "yes"));

        Assert.That((await GetAsync()).StatusCode, Is.EqualTo(HttpStatusCode.ServiceUnavailable));
        Assert.That(await (await GetAsync()).Content.ReadAsStringAsync(), Is.EqualTo("yes"));
        Assert.That((await GetAsync()).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task Records_what_arrived_even_if_the_message_changes_later()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, s_uri) { Content = new StringContent("body") };
        request.Headers.Add("x-try", "1");
        _clock.Advance(TimeSpan.FromSeconds(5));
        (await _client.SendAsync(request, default)).Dispose();
        request.Headers.Remove("x-try");
        request.RequestUri = null;

        var seen = _network.RequestsTo(Endpoint).Single();
        Assert.That(seen.Method, Is.EqualTo(HttpMethod.Post));
        Assert.That(seen.Uri, Is.EqualTo(s_uri));
        Assert.That(seen.Headers["X-Try"], Is.EqualTo("1"));
        Assert.That(seen.Headers["Content-Type"], Does.StartWith("text/plain"));
        Assert.That(seen.Body.ToArray(), Is.EqualTo("body"u8.ToArray()));
        Assert.That(seen.At, Is.EqualTo(_clock.GetUtcNow()));
    }

    [Test]
    public async Task A_pinned_handler_answers_for_its_endpoint_whatever_the_uri_says()
    {
        _network.Script(Endpoint, ScriptedAnswer.Status(204));
        using var pinned = new HttpMessageInvoker(_network.For(Endpoint));
        using var request = new HttpRequestMessage(HttpMethod.Get, "http://catalog/");

        Assert.That((await pinned.SendAsync(request, default)).StatusCode, Is.EqualTo(HttpStatusCode.NoContent));
        Assert.That(_network.Requests.Single().Endpoint, Is.EqualTo(Endpoint));
    }

    [Test]
    public async Task A_late_answer_comes_when_the_clock_says_so()
    {
        _network.Script(Endpoint, ScriptedAnswer.Status(200).After(TimeSpan.FromSeconds(3)));
        var answer = GetAsync();
        _clock.Advance(TimeSpan.FromSeconds(2));
        Assert.That(answer.IsCompleted, Is.False);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.That((await answer).StatusCode, Is.EqualTo(HttpStatusCode.OK));
    }

    [Test]
    public async Task A_held_answer_waits_for_its_sync_point()
    {
        using var point = new SyncPoint("answer");
        _network.Script(Endpoint, ScriptedAnswer.Status(200).HeldAt(point));
        var answer = GetAsync();
        await point.WaitForArrivalAsync();
        Assert.That(answer.IsCompleted, Is.False);

        point.Release();

        await answer;
    }

    [Test]
    public async Task Never_ends_with_the_callers_token()
    {
        _network.Script(Endpoint, ScriptedAnswer.Never);
        using var cancellation = new CancellationTokenSource();
        using var request = new HttpRequestMessage(HttpMethod.Get, s_uri);
        var answer = _client.SendAsync(request, cancellation.Token);
        await cancellation.CancelAsync();

        Assert.That(() => answer, Throws.InstanceOf<OperationCanceledException>().With.Property("CancellationToken").EqualTo(cancellation.Token));
        Assert.That(_clock.ArmedTimers, Is.Zero);
    }

    [Test]
    public async Task A_refused_connection_does_not_consume_the_body()
    {
        _network.Script(Endpoint, ScriptedAnswer.ConnectionRefused, ScriptedAnswer.Status(200));
        using var request = new HttpRequestMessage(HttpMethod.Post, s_uri) { Content = new StreamContent(new OneShotStream("once"u8.ToArray())) };

        Assert.That(() => _client.SendAsync(request, default), Throws.InstanceOf<HttpRequestException>());
        (await _client.SendAsync(request, default)).Dispose();

        Assert.That(_network.Requests.Select(r => r.Body.Length), Is.EqualTo(new[] { 0, 4 }));
    }

    [Test]
    public async Task Headers_and_trailers_are_put_on_the_response()
    {
        _network.Script(Endpoint, ScriptedAnswer.Status(200).WithHeader("retry-after", "2").WithHeader("content-type", "application/grpc").WithTrailer("grpc-status", "14"));

        var response = await GetAsync();

        Assert.That(response.Headers.GetValues("retry-after"), Is.EqualTo(new[] { "2" }));
        Assert.That(response.Content.Headers.ContentType!.MediaType, Is.EqualTo("application/grpc"));
        Assert.That(response.TrailingHeaders.GetValues("grpc-status"), Is.EqualTo(new[] { "14" }));
    }

    [Test]
    public async Task A_response_and_an_exception_can_be_computed()
    {
        _network.Script(
            Endpoint,
            ScriptedAnswer.From(r => new HttpResponseMessage(HttpStatusCode.Accepted) { RequestMessage = r }),
            ScriptedAnswer.Throw(() => new InvalidDataException("made")));

        Assert.That((await GetAsync()).StatusCode, Is.EqualTo(HttpStatusCode.Accepted));
        Assert.That(GetAsync, Throws.InstanceOf<InvalidDataException>());
    }

    private async Task<HttpResponseMessage> GetAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, s_uri);
        return await _client.SendAsync(request, default);
    }

    private sealed class OneShotStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}
