using Mesh.Configuration.Reading;
using Mesh.Configuration.Schema;
using Mesh.Configuration.Sources;
using Mesh.Configuration.Validation;
using Mesh.Diagnostics;
using Microsoft.Extensions.Configuration;

namespace Mesh.Configuration.Tests.GatewayApi;

/// <summary>What an API server would say; the words are those of the CRDs.</summary>
public sealed class SchemaTests
{
    private const string Class = "gatewayClassName: mesh\n";

    [TestCase("{name: a, port: 80, protocol: HTTP, tls: {certificateRefs: [{name: c}]}}", "tls must not be specified for protocols ['HTTP', 'TCP', 'UDP']")]
    [TestCase("{name: a, port: 443, protocol: HTTPS, tls: {mode: Passthrough}}", "tls mode must be Terminate for protocol HTTPS")]
    [TestCase("{name: a, port: 443, protocol: TLS}", "tls mode must be set for protocol TLS")]
    [TestCase("{name: a, port: 80, protocol: TCP, hostname: a.example}", "hostname must not be specified for protocols ['TCP', 'UDP']")]
    [TestCase("{name: a, port: 443, protocol: HTTPS, tls: {}}", "certificateRefs or options must be specified when mode is Terminate")]
    [TestCase("{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP}", "Combination of port, protocol and hostname must be unique for each listener")]
    [TestCase("{name: a, port: 80, protocol: HTTP}, {name: a, port: 81, protocol: HTTP}", "Listener name must be unique within the Gateway")]
    [TestCase("{name: a, port: 0, protocol: HTTP}", "should be greater than or equal to 1")]
    [TestCase("{name: a, protocol: HTTP}", "Required value")]
    public void Listeners_are_held_to_the_rules_of_the_api(string listeners, string message) => Refused("Gateway", $"{Class}listeners: [{listeners}]", message);

    [TestCase("addresses: [{value: 10.0.0.1}, {value: 10.0.0.1}]", "IPAddress values must be unique")]
    [TestCase("addresses: [{type: Hostname, value: a.example}, {type: Hostname, value: a.example}]", "Hostname values must be unique")]
    [TestCase("addresses: [{type: Hostname, value: \"a b\"}]", "Hostname value must be empty or contain only valid characters")]
    [TestCase("tls: {frontend: {perPort: []}}", "Required value; add 'default'")]
    [TestCase("infrastructure: {annotations: {-a: b}}", "Annotation keys must be in the form")]
    public void Gateways_are_held_to_the_rules_of_the_api(string field, string message) =>
        Refused("Gateway", $"{Class}listeners: [{{name: a, port: 80, protocol: HTTP}}]\n{field}", message);

    [TestCase("{tls: {certificateRefs: [{name: c}]}, name: a, port: 443, protocol: HTTPS}")]
    [TestCase("{name: a, port: 443, protocol: TLS, tls: {mode: Terminate, options: {a: b}}}")]
    [TestCase("{name: a, port: 80, protocol: HTTP}, {name: b, port: 80, protocol: HTTP, hostname: a.example}, {name: c, port: 80, protocol: TCP}")]
    public void Listeners_that_are_right_pass(string listeners) => Assert.That(Errors("Gateway", $"{Class}listeners: [{listeners}]"), Is.Empty);

    [TestCase("rules: [{matches: [{path: {type: Exact, value: a}}]}]", "start with '/'")]
    [TestCase("rules: [{matches: [{path: {value: /a%2Fb}}]}]", "must not contain '%2F'")]
    [TestCase("rules: [{matches: [{path: {value: /a/..}}]}]", "must not end with '/..'")]
    [TestCase("rules: [{matches: [{headers: [{name: a, value: x}, {name: a, value: y}]}]}]", "Duplicate value")]
    [TestCase("rules: [{timeouts: {request: 1s, backendRequest: 2s}}]", "backendRequest timeout cannot be longer than request timeout")]
    [TestCase("rules: [{timeouts: {request: 1.5s}}]", "should match '^([0-9]{1,5}(h|m|s|ms)){1,4}$'")]
    [TestCase("rules: [{retry: {codes: [500, 500]}}]", "Duplicate value: 500")]
    [TestCase("rules: [{retry: {codes: [200]}}]", "should be greater than or equal to 400")]
    [TestCase("rules: [{filters: [{type: RequestRedirect, requestRedirect: {statusCode: 304}}]}]", "supported values: \"301\"")]
    [TestCase("rules: [{sessionPersistence: {type: Header}}]", "header must be specified for Header type")]
    [TestCase("rules: [{sessionPersistence: {cookie: {lifetimeType: Permanent}}}]", "AbsoluteTimeout must be specified")]
    [TestCase("rules: []", "should have at least 1 items")]
    [TestCase("parentRefs: [{name: g, port: 0}]", "should be greater than or equal to 1")]
    public void Routes_are_held_to_the_rules_of_the_api(string spec, string message) => Refused("HTTPRoute", spec, message);

    [Test]
    public void Matches_of_all_rules_together_are_bounded()
    {
        var rule = $"{{matches: [{string.Join(", ", Enumerable.Repeat("{method: {service: a.b}}", 43))}]}}";
        Refused("GRPCRoute", $"rules: [{rule}, {rule}, {rule}]", "total number of matches across all rules in a route must be less than 128");
        Assert.That(Errors("GRPCRoute", $"rules: [{rule}, {rule}]"), Is.Empty);
    }

    [Test]
    public void Kinds_that_never_act_are_checked_too()
    {
        Refused("ListenerSet", "parentRef: {name: g}\nlisteners: [{name: a, port: 443, protocol: TLS}]", "tls mode must be set for protocol TLS");
        Refused("TLSRoute", "hostnames: [10.0.0.1]\nrules: [{backendRefs: [{name: a, port: 1}]}]", "Hostnames cannot contain an IP");
        Refused("TCPRoute", "rules: [{backendRefs: []}]", "should have at least 1 items");
    }

    [TestCase("type: ExternalHostname, externalHostname: {hostname: a.example}, port: {port: 80}", "")]
    [TestCase("type: ExternalHostname, port: {port: 80}", "externalHostname must be set when type is ExternalHostname and must be unset otherwise")]
    [TestCase("type: ExternalHostname, externalHostname: {hostname: a.svc.cluster.local}, port: {port: 80}", "hostname must not be an IP address or end with .cluster.local")]
    [TestCase("type: ExternalHostname, externalHostname: {hostname: a.example}, port: {port: 80, name: -a}", "Name must be a valid DNS label")]
    [TestCase("type: ExternalHostname, externalHostname: {hostname: a.example}, port: {port: 80}, tls: {mode: ServerOnly, clientCertificateRef: {name: c}}", "clientCertificateRef must be set if and only if mode is ClientAndServer")]
    [TestCase("type: ExternalHostname, externalHostname: {hostname: a.example}, port: {port: 80}, tls: {mode: ServerOnly, validation: {hostname: a.example}}", "must specify either CACertificateRefs or WellKnownCACertificates")]
    [TestCase("type: ExternalHostname, externalHostname: {hostname: a.example}, port: {port: 80}, protocol: SMTP", "Unsupported value")]
    public void A_backend_outside_the_cluster_is_checked(string spec, string error)
    {
        var errors = Experimental("XBackend", spec);
        Assert.That(errors, error.Length == 0 ? Is.Empty : Has.Some.Contains(error));
    }

    [TestCase("controllerName: a.example/mesh", "")]
    [TestCase("controllerName: mesh", "should match")]
    [TestCase("description: words", "controllerName")]
    public void A_mesh_is_checked(string spec, string error) =>
        Assert.That(Experimental("XMesh", spec), error.Length == 0 ? Is.Empty : Has.Some.Contains(error));

    [TestCase("\"a.example\"", true)]
    [TestCase("\"a.example\\n\"", false)]
    [TestCase("\"a\\nb\"", false)]
    public void A_pattern_holds_for_the_text_up_to_its_end(string hostname, bool valid)
    {
        Assert.That(Errors("HTTPRoute", $"hostnames: [{hostname}]"), valid ? Is.Empty : Is.Not.Empty);
        Assert.That(Errors("HTTPRoute", "rules: [{matches: [{path: {value: \"/a\\n\"}}]}]"), Is.Not.Empty);
        Assert.That(Errors("GRPCRoute", "rules: [{matches: [{method: {service: \"a.B\\n\"}}]}]"), Is.Not.Empty);
    }

    [Test]
    public void A_document_that_the_api_server_refuses_does_not_act_in_a_mesh()
    {
        var read = Documents.Read(Documents.Text("HTTPRoute", "shop", "parentRefs: [{name: g}, {name: g}]"));

        Assert.That(read.All, Is.Empty);
        Assert.That(read.Errors.Single(), Does.Contain("sectionName must be unique when parentRefs includes 2 or more references to the same parent").And.Contain("mesh.yaml:"));
    }

    [Test]
    public void A_field_without_a_value_counts_as_not_written() =>
        Assert.That(Errors("HTTPRoute", "parentRefs:\nhostnames: null\nrules: [{matches: null, backendRefs: [{name: a, port: 80, weight: null}]}]"), Is.Empty);

    [Test]
    public void Nodes_are_as_they_were_when_nothing_is_empty()
    {
        var node = YamlDocuments.Split("a: {b: [1, {c: d}]}").SelectMany(static p => YamlNodes.Read("x", p)).Single().Root!;
        Assert.That(NullFields.Prune(node), Is.SameAs(node));
    }

    [Test]
    public void Documents_of_appsettings_are_checked_although_they_have_no_types()
    {
        var problems = Settings(("spec:parentRefs:0:name", "g"), ("spec:Rules:0:BackendRefs:0:Name", "80"), ("spec:Rules:0:BackendRefs:0:port", "8080"), ("spec:rules:0:name", "true"));
        Assert.That(problems, Is.Empty);

        problems = Settings(("spec:parentRefs:0:name", "g"), ("spec:Rules:0:BackendRefs:0:Name", "a"), ("spec:Rules:0:BackendRefs:0:port", "0"));
        Assert.That(problems.Single(), Does.Contain("should be greater than or equal to 1"));
    }

    [Test]
    public void What_is_valid_and_not_meant_is_warned_of()
    {
        var warnings = Validate("HTTPRoute", """
            parentRefs: [{kind: Service, name: a, port: 80}]
            rules: [{matches: [{path: {type: RegularExpression, value: "/(?=a)"}}], filters: [{type: ExternalAuth, externalAuth: {protocol: GRPC, grpc: {}, backendRef: {name: auth, port: 1}}}]}]
            """).Warnings;
        Assert.That(warnings.Select(static w => w.Path), Is.EquivalentTo(new[] { "spec.parentRefs[0]", "spec.rules[0].filters[0]", "spec.rules[0].matches[0].path.value" }));
        Assert.That(warnings[0].Message, Does.Contain("group: \"\""));

        warnings = Validate("HTTPRoute", "parentRefs: [{group: \"\", kind: Service, name: a}]\nhostnames: [a.example]").Warnings;
        Assert.That(warnings.Single().Path, Is.EqualTo("spec.hostnames"));
    }

    private static string[] Settings(params (string Key, string Value)[] values)
    {
        var section = new ConfigurationBuilder()
            .AddInMemoryCollection(values.Concat([("kind", "HTTPRoute"), ("metadata:name", "shop")]).Select(static v => KeyValuePair.Create("route:" + v.Item1, (string?)v.Item2)))
            .Build()
            .GetSection("route");
        var reader = new DocumentReader(FrontEnd.Kinds, "default");
        return [.. reader.Read(new ParsedDocument(ConfigurationNodes.Read(section), []), "appsettings.json", lenient: true)
            .SelectMany(static r => r.Problems)
            .Where(static p => p.Severity == ConfigProblemSeverity.Error)
            .Select(static p => p.ToString())];
    }

    private static string[] Experimental(string kind, string spec) =>
    [
        .. new DocumentValidator().ValidateText($"{{apiVersion: gateway.networking.x-k8s.io/v1alpha1, kind: {kind}, metadata: {{name: x}}, spec: {{{spec}}}}}", "mesh.yaml").Single().Errors.Select(static e => e.Message),
    ];

    private static void Refused(string kind, string spec, string message) => Assert.That(Errors(kind, spec), Has.Some.Contains(message));

    private static string[] Errors(string kind, string spec) => [.. Validate(kind, spec).Errors.Select(static e => e.Message)];

    private static DocumentValidation Validate(string kind, string spec) => new DocumentValidator().ValidateText(Documents.Text(kind, "it", spec).Replace("---", "", StringComparison.Ordinal)).Single();
}
