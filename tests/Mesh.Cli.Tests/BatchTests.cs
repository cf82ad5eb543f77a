using System.Text.Json;

namespace Mesh.Cli.Tests;

public sealed class BatchTests
{
    private Meshctl _meshctl = null!;

    [SetUp]
    public void SetUp() => _meshctl = new Meshctl();

    [TearDown]
    public void TearDown() => _meshctl.Dispose();

    [Test]
    public async Task Each_line_is_answered_in_order_under_its_own_configuration_relative_to_the_file()
    {
        _meshctl.File("config/reviews.yaml", Reviews.Yaml);
        _meshctl.File("other.yaml", "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: r }\nspec: { hosts: [reviews], http: [{ directResponse: { status: 418, body: { string: tea } } }] }");
        var answers = await AnswersAsync("""
            {"id":1,"config":["config"],"namespace":"default","labels":{},"gateway":null,"listener":null,"request":{"method":"GET","url":"http://reviews/","headers":{"end-user":"jason"},"host":null,"protocol":"HTTP"},"dial":null}
            {"id":"two","config":["other.yaml"],"request":{"url":"http://reviews/"}}

            {"id":{"n":3},"config":["config/reviews.yaml"],"request":{"method":"GET","url":"/x","headers":{"x-b":["1","2"]},"host":"web.example"},"dial":{"service":"reviews","namespace":"default","port":9080}}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Select(static a => a.GetProperty("id").GetRawText()), Is.EqualTo(new[] { "1", "\"two\"", "{\"n\":3}" }));
            Assert.That(answers[0].GetProperty("rule").GetProperty("name").GetString(), Is.EqualTo("testers"));
            Assert.That(answers[1].GetProperty("directResponse").GetRawText(), Is.EqualTo("{\"status\":418,\"body\":\"tea\"}"));
            Assert.That(answers[2].GetProperty("destinations")[0].GetProperty("port").GetInt32(), Is.EqualTo(9080));
            Assert.That(answers[2].GetProperty("destinations")[0].GetProperty("request").GetProperty("headers").GetProperty("x-b").GetString(), Is.EqualTo("1,2"));
        }
    }

    [Test]
    public async Task A_line_that_cannot_be_understood_gets_an_error_and_stops_nothing()
    {
        _meshctl.File("mesh.yaml", Reviews.Yaml);
        var answers = await AnswersAsync("""
            not json
            {"id":1,"config":["nowhere"],"request":{"url":"http://a/"}}
            {"id":2,"config":"mesh.yaml","request":{"url":"http://a/"}}
            {"id":3,"config":["mesh.yaml"]}
            {"id":4,"config":["mesh.yaml"],"request":{"url":"a"}}
            {"id":5,"config":["mesh.yaml"],"request":{"url":"http://a/","protocol":"SMTP"}}
            {"id":6,"config":["mesh.yaml"],"request":{"url":"http://reviews/"}}
            """);
        using (Assert.EnterMultipleScope())
        {
            Assert.That(answers.Take(6).Select(static a => a.GetProperty("error").GetString()), Is.All.Not.Empty);
            Assert.That(answers.Skip(1).Select(static a => a.GetProperty("id").GetInt32()), Is.EqualTo(new[] { 1, 2, 3, 4, 5, 6 }));
            Assert.That(answers[2].GetProperty("error").GetString(), Is.EqualTo("'config' has the wrong type"));
            Assert.That(answers[6].GetProperty("outcome").GetString(), Is.EqualTo("route"));
        }
    }

    [Test]
    public async Task A_gRPC_request_is_a_post_with_its_content_type()
    {
        _meshctl.File("mesh.yaml", "apiVersion: networking.istio.io/v1\nkind: VirtualService\nmetadata: { name: r }\nspec: { hosts: [reviews], http: [{ match: [{ method: { exact: POST }, headers: { content-type: { prefix: application/grpc } } }], directResponse: { status: 200 } }] }");
        var answers = await AnswersAsync("""{"id":1,"config":["mesh.yaml"],"request":{"url":"http://reviews/pkg.Service/Method","protocol":"GRPC"}}""");
        Assert.That(answers[0].GetProperty("outcome").GetString(), Is.EqualTo("directResponse"));
    }

    private async Task<JsonElement[]> AnswersAsync(string lines)
    {
        var result = await Meshctl.RunAsync("explain", "--batch", _meshctl.File("batch.jsonl", lines));
        Assert.That(result.Code, Is.Zero, result.Error);
        return [.. result.Lines.Select(static line => JsonDocument.Parse(line).RootElement)];
    }
}
