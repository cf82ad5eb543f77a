using System.Diagnostics;
using System.Globalization;
using System.Text;
using Mesh.Configuration.Istio;
using Mesh.Configuration.Lowering;
using Mesh.Configuration.Reading;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

public class HelloWorldTests
{
    private const string Documents = """
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: hello-world
        spec:
          replicas: 3
          selector:
            matchLabels:
              app: hello-world
          template:
            metadata:
              labels:
                app: hello-world
            spec:
              containers:
              - name: hello-world
                image: <your-docker-image>
                ports:
                - containerPort: 8080
        ---
        apiVersion: networking.istio.io/v1alpha3
        kind: DestinationRule
        metadata:
          name: hello-world
        spec:
          host: hello-world
          trafficPolicy:
            loadBalancer:
              simple: ROUND_ROBIN
        ---
        apiVersion: networking.istio.io/v1alpha3
        kind: Gateway
        metadata:
          name: hello-world-gateway
        spec:
          selector:
            istio: ingressgateway
          servers:
          - port:
              number: 80
              name: http
              protocol: HTTP
            hosts:
            - "*"
        ---
        apiVersion: v1
        kind: Service
        metadata:
          name: hello-world
        spec:
          selector:
            app: hello-world
          ports:
          - protocol: TCP
            port: 80
            targetPort: 8080
        ---
        apiVersion: networking.istio.io/v1alpha3
        kind: VirtualService
        metadata:
          name: hello-world
        spec:
          hosts:
          - "*"
          gateways:
          - hello-world-gateway
          http:
          - match:
            - uri:
                exact: /
            route:
            - destination:
                host: hello-world
                port:
                  number: 80
        """;

    [Test]
    public void The_documents_load_as_they_are()
    {
        var lowered = Lowered.From(Documents);
        Assert.That(lowered.Errors, Is.Empty);
        Assert.That(lowered.Documents, Has.Count.EqualTo(5));
        var service = lowered.Model.Services.Single();
        Assert.That(service.FallThrough, Is.True, "the rules are the gateway's");
        Assert.That(service.Ports.Single(), Is.EqualTo(new ServicePort(80, "", PortProtocol.Http, 8080)));
        Assert.That(service.Clusters.Single().Policy.LoadBalancing.Algorithm, Is.EqualTo("ROUND_ROBIN"));
        Assert.That(lowered.Warnings.Single(), Does.Contain("a Gateway describes listeners of a gateway process"));
    }

    [Test]
    public void The_same_documents_give_an_equal_model()
    {
        var (first, second) = (Lowered.From(Documents).Model, Lowered.From(Documents).Model);
        Assert.That(second, Is.EqualTo(first));
    }

    [Test]
    public void The_order_of_documents_does_not_matter()
    {
        var (documents, _) = Lowered.Read(Documents);
        var forward = MeshLowering.Lower(documents, new LoweringOptions(), new ProblemSink());
        documents.Reverse();
        Assert.That(MeshLowering.Lower(documents, new LoweringOptions(), new ProblemSink()), Is.EqualTo(forward));
    }

    [Test]
    public void Ten_thousand_services_with_ten_rules_each_lower_within_a_second()
    {
        const int Services = 10_000;
        const int Rules = 10;
        var yaml = new StringBuilder("hosts: [s0]\nhttp:\n");
        for (var rule = 0; rule < Rules; rule++)
        {
            yaml.Append(CultureInfo.InvariantCulture, $"- match: [{{uri: {{prefix: /r{rule}}}}}]\n  route: [{{destination: {{host: s0, subset: v1}}, weight: 90}}, {{destination: {{host: s0, subset: v2}}, weight: 10}}]\n");
        }

        var (template, problems) = Lowered.Read(Yaml.Service("s0") + Yaml.VirtualService("s0", yaml.ToString()) + Yaml.DestinationRule("s0", "host: s0\nsubsets: [{name: v1}, {name: v2}]"));
        Assert.That(problems, Is.Empty);
        var documents = new List<ConfigDocument>(template.Count * Services);
        for (var i = 0; i < Services; i++)
        {
            documents.AddRange(template.Select(d => Renamed(d, $"s{i}")));
        }

        var sink = new ProblemSink();
        MeshLowering.Lower(documents[..300], new LoweringOptions(), new ProblemSink());
        var (watch, before) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime);
        var model = MeshLowering.Lower(documents, new LoweringOptions(), sink);
        TestContext.Out.WriteLine($"lowered in {watch.ElapsedMilliseconds} ms");

        // Other programs make it wait, other tests of this process make it seem to work more; neither makes it slow.
        var took = TimeSpan.FromTicks(Math.Min(watch.Elapsed.Ticks, (Environment.CpuUsage.TotalTime - before).Ticks));
        Assert.That(model.Services, Has.Count.EqualTo(Services));
        Assert.That(model.Services[Services / 2].Rules, Has.Count.EqualTo(Rules));
        Assert.That(sink.Problems, Is.Empty);
        Assert.That(took, Is.LessThan(TimeSpan.FromSeconds(5)), "five times the aim, for a busy machine");
    }

    private static ConfigDocument Renamed(ConfigDocument document, string name) => document with
    {
        Metadata = document.Metadata with { Name = name },
        Spec = document.Spec switch
        {
            VirtualServiceSpec spec => spec with
            {
                Hosts = [name],
                Http = [.. spec.Http.Select(rule => rule with { Route = [.. rule.Route.Select(r => r with { Destination = r.Destination with { Host = name } })] })],
            },
            DestinationRuleSpec spec => spec with { Host = name },
            _ => document.Spec,
        },
    };
}
