namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>A rule of Istio's admission check of AuthorizationPolicies a row.</summary>
public sealed class AuthorizationPolicyTests
{
    [TestCase("{}")]
    [TestCase("rules: [{}]")]
    [TestCase("action: DENY\nrules: [{}]")]
    [TestCase("action: AUDIT\nrules: [{to: [{operation: {methods: [GET]}}]}]")]
    [TestCase("action: CUSTOM\nprovider: {name: authz}\nrules: [{to: [{operation: {paths: [/admin]}}]}]")]
    [TestCase("action: CUSTOM\nprovider: {name: authz}\nrules: [{from: [{source: {ipBlocks: [10.0.0.0/8]}}], when: [{key: 'request.headers[x]', values: [a]}]}]")]
    [TestCase("action: DENY\nrules: [{to: [{operation: {paths: [/a], ports: ['80']}}]}]")]
    [TestCase("action: DENY\nrules: [{from: [{source: {namespaces: [a]}}]}]")]
    [TestCase("action: DENY\nrules: [{from: [{source: {serviceAccounts: [a]}}]}]")]
    [TestCase("action: DENY\nrules: [{when: [{key: source.ip, values: [1.2.3.4]}]}]")]
    [TestCase("targetRefs: [{kind: Service, name: a}, {kind: Service, group: core, name: b}, {kind: ServiceEntry, group: networking.istio.io, name: c}]")]
    [TestCase("targetRef: {kind: Gateway, group: gateway.networking.k8s.io, name: a}")]
    [TestCase("targetRefs: [{kind: GatewayClass, group: gateway.networking.k8s.io, name: a}]")]
    public void These_are_accepted(string spec) => Admitted.Expect(Admitted.Document("AuthorizationPolicy", spec), null);

    [TestCase("action: CUSTOM\nprovider: {name: authz}", "CUSTOM action without 'rules'")]
    [TestCase("action: CUSTOM\nrules: [{}]", "'provider.name' must not be empty")]
    [TestCase("action: CUSTOM\nprovider: {}\nrules: [{}]", "'provider.name' must not be empty")]
    [TestCase("action: DENY", "DENY action without 'rules'")]
    [TestCase("provider: {name: authz}\nrules: [{}]", "'provider' belongs to action CUSTOM")]
    [TestCase("action: AUDIT\nprovider: {name: authz}\nrules: [{}]", "'provider' belongs to action CUSTOM")]
    [TestCase("action: LOG", "Unsupported value")]
    [TestCase("rules: [{from: []}]", "'from' must not be empty")]
    [TestCase("rules: [{from: [{}]}]", "'from.source' must not be nil")]
    [TestCase("rules: [{from: [{source: {}}]}]", "'from.source' must not be empty")]
    [TestCase("rules: [{to: []}]", "'to' must not be empty")]
    [TestCase("rules: [{to: [{}]}]", "'to.operation' must not be nil")]
    [TestCase("rules: [{to: [{operation: {}}]}]", "'to.operation' must not be empty")]
    [TestCase("selector: {}\ntargetRefs: [{kind: Service, name: a}]", "only one of targetRefs or selector", "selector specified without labels")]
    [TestCase("targetRef: {kind: Service, name: a}\ntargetRefs: [{kind: Service, name: a}]", "only one of targetRefs or selector")]
    [TestCase("targetRefs: [{kind: Service}]", "name: Required value")]
    [TestCase("targetRefs: [{kind: Service, name: a, namespace: b}]", "cross namespace referencing is not")]
    [TestCase("targetRefs: [{kind: Gateway, name: a}]", "targetRef must be to one of")]
    [TestCase("targetRefs: [{kind: HTTPRoute, group: gateway.networking.k8s.io, name: a}]", "targetRef must be to one of")]
    [TestCase("selector: {matchLabels: {app: 'a*'}}", "wildcard not allowed in label value match")]
    [TestCase("unknown: 1", "unknown field \"spec.unknown\"")]
    public void These_are_refused(string spec, string error, string? warning = null) => Admitted.Expect(Admitted.Document("AuthorizationPolicy", spec), error, warning);

    [TestCase("principals")]
    [TestCase("notPrincipals")]
    [TestCase("requestPrincipals")]
    [TestCase("notRequestPrincipals")]
    [TestCase("namespaces")]
    [TestCase("notNamespaces")]
    [TestCase("serviceAccounts")]
    [TestCase("notServiceAccounts")]
    [TestCase("trustDomains")]
    [TestCase("notTrustDomains")]
    public void Identities_are_unknown_to_an_external_authorizer(string field)
    {
        var rule = $"rules: [{{from: [{{source: {{{field}: [a]}}}}]}}]";
        Admitted.Expect(Admitted.Document("AuthorizationPolicy", rule), null);
        Admitted.Expect(Admitted.Document("AuthorizationPolicy", $"action: CUSTOM\nprovider: {{name: x}}\n{rule}"), "not supported with CUSTOM action");
    }

    [TestCase("source.namespace", false)]
    [TestCase("source.principal", false)]
    [TestCase("source.serviceAccount", false)]
    [TestCase("request.auth.principal", false)]
    [TestCase("request.auth.audiences", false)]
    [TestCase("request.auth.presenter", false)]
    [TestCase("request.auth.claims[sub]", false)]
    [TestCase("request.headers[x]", true)]
    [TestCase("connection.sni", true)]
    public void Conditions_on_identities_are_unknown_to_an_external_authorizer(string key, bool allowed)
    {
        var rule = $"rules: [{{when: [{{key: '{key}', values: [a]}}]}}]";
        Admitted.Expect(Admitted.Document("AuthorizationPolicy", rule), null);
        Admitted.Expect(Admitted.Document("AuthorizationPolicy", $"action: CUSTOM\nprovider: {{name: x}}\n{rule}"), allowed ? null : "not supported with CUSTOM action");
    }

    [TestCase("ipBlocks: ['1.2.3.4', '10.0.0.0/8', '2001:db8::1', '2001:db8::/32']", null)]
    [TestCase("ipBlocks: ['10.1.2.3/8']", null)]
    [TestCase("ipBlocks: ['10.0.0.0/33']", "not a valid CIDR block")]
    [TestCase("ipBlocks: ['10.0.0.0/08']", "not a valid CIDR block")]
    [TestCase("notIpBlocks: ['1.2.3']", "not a valid IP")]
    [TestCase("remoteIpBlocks: ['1.2.3.04']", "not a valid IP")]
    [TestCase("notRemoteIpBlocks: [x]", "not a valid IP")]
    [TestCase("principals: ['']", "empty value")]
    [TestCase("notNamespaces: ['']", "empty value")]
    [TestCase("serviceAccounts: [a, b/c]", null)]
    [TestCase("serviceAccounts: ['']", "empty value")]
    [TestCase("serviceAccounts: ['a*']", "not a service account")]
    [TestCase("notServiceAccounts: [a/b/c]", "not a service account")]
    [TestCase("serviceAccounts: [/b]", "not a service account")]
    [TestCase("serviceAccounts: [a/]", "not a service account")]
    [TestCase("serviceAccounts: [a]\nprincipals: [b]", "Cannot set serviceAccounts with namespaces or principals")]
    [TestCase("serviceAccounts: [a]\nnotNamespaces: [b]", "Cannot set serviceAccounts with namespaces or principals")]
    public void Sources_have_values_of_a_form(string source, string? error) =>
        Admitted.Expect(Admitted.Document("AuthorizationPolicy", $"rules:\n- from:\n  - source:\n      {source.ReplaceLineEndings("\n      ")}"), error);

    [TestCase("ports: ['0', '80', '65535']", null)]
    [TestCase("ports: ['65536']", "is not a port")]
    [TestCase("notPorts: ['-1']", "is not a port")]
    [TestCase("ports: ['80-90']", "is not a port")]
    [TestCase("ports: [80]", "must be of type string")]
    [TestCase("hosts: ['']", "empty value")]
    [TestCase("notMethods: ['']", "empty value")]
    [TestCase("paths: ['/a*', '*', '*/a', '/a/{*}/b', '/{**}', '/a/{*}/{**}', '/{**}/b', '/a%20b/{*}/']", null)]
    [TestCase("paths: ['/{**}/{*}']", "is not the last operator")]
    [TestCase("paths: ['/{**}/a/{**}']", "is not the last operator")]
    [TestCase("paths: ['/{a}']", "only stand in")]
    [TestCase("notPaths: ['/a{*}']", "only stand in")]
    [TestCase("paths: ['/{*}/a*']", "does not go with a template")]
    [TestCase("paths: ['/{*}//a']", "the segment '' of a template")]
    [TestCase("paths: ['/{*}/a b']", "the segment 'a b' of a template")]
    [TestCase("paths: ['/{*}/ü']", "the segment 'ü' of a template")]
    [TestCase("paths: ['/a b', '//']", null)]
    public void Operations_have_values_of_a_form(string operation, string? error) =>
        Admitted.Expect(Admitted.Document("AuthorizationPolicy", $"rules:\n- to:\n  - operation:\n      {operation}"), error);

    [TestCase("{key: '', values: [a]}", "'key' must not be empty")]
    [TestCase("{values: [a]}", "key: Required value")]
    [TestCase("{key: source.ip}", "at least one of 'values' or 'notValues'")]
    [TestCase("{key: source.ip, values: [a]}", "not a valid IP")]
    [TestCase("{key: remote.ip, notValues: [a]}", "not a valid IP")]
    [TestCase("{key: destination.ip, values: ['10.0.0.0/8']}", null)]
    [TestCase("{key: destination.port, values: ['70000']}", "is not a port")]
    [TestCase("{key: source.serviceAccount, values: [a/b, c]}", null)]
    [TestCase("{key: source.serviceAccount, values: ['a/*']}", "not a service account")]
    [TestCase("{key: source.namespace, values: ['']}", "empty value")]
    [TestCase("{key: request.headers, values: [a]}", "bad key")]
    [TestCase("{key: 'request.headers[]', values: [a]}", "bad key")]
    [TestCase("{key: 'request.headers[x', values: [a]}", "bad key")]
    [TestCase("{key: 'request.auth.claims[a][b]', values: [a]}", null)]
    [TestCase("{key: 'request.experimental.inline.headers[x]', values: [a]}", null)]
    [TestCase("{key: 'experimental.envoy.filters.network.mysql_proxy[db]', values: [a]}", null)]
    [TestCase("{key: 'experimental.other[db]', values: [a]}", "unknown attribute")]
    [TestCase("{key: destination.name, values: [a]}", "unknown attribute")]
    [TestCase("{key: 'destination.labels[a]', values: [a]}", "unknown attribute")]
    [TestCase("{key: request.time, notValues: [a]}", "unknown attribute")]
    public void Conditions_name_an_attribute_and_its_values(string condition, string? error) =>
        Admitted.Expect(Admitted.Document("AuthorizationPolicy", $"rules: [{{when: [{condition}]}}]"), error);

    [Test]
    public void A_condition_takes_no_more_service_accounts_than_a_source() => Admitted.Expect(
        Admitted.Document("AuthorizationPolicy", $"rules: [{{when: [{{key: source.serviceAccount, values: [{string.Join(", ", Enumerable.Range(0, 17).Select(static i => $"a{i}"))}]}}]}}]"),
        "may not have more than 16 values");

    [TestCase("to: [{operation: {paths: [/a]}}]")]
    [TestCase("from: [{source: {requestPrincipals: [a]}}]")]
    [TestCase("from: [{source: {namespaces: [a]}}]\n  to: [{operation: {methods: [GET]}}]")]
    public void Denying_by_HTTP_alone_is_warned_of(string rule) =>
        Admitted.Expect(Admitted.Document("AuthorizationPolicy", $"action: DENY\nrules:\n- {rule}"), null, "deny all traffic to TCP ports");
}
