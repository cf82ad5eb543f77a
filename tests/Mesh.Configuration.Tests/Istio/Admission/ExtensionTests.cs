namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>A rule of Istio's admission check of the kinds of a proxy a row: WasmPlugin, TrafficExtension, EnvoyFilter, ProxyConfig.</summary>
public sealed class ExtensionTests
{
    [TestCase("{}", null, null)]
    [TestCase("concurrency: 0", null, null)]
    [TestCase("concurrency: -1", "greater than or equal to 0", null)]
    [TestCase("selector: {matchLabels: {app: a}}\nconcurrency: 2\nimage: {imageType: distroless}\nenvironmentVariables: {A: b}", null, null)]
    [TestCase("selector: {matchLabels: {app: 'a*'}}", "wildcard not allowed", null)]
    [TestCase("selector: {}", null, "selector specified without labels")]
    [TestCase("environmentVariables: {A: 1}", "must be of type string", null)]
    public void ProxyConfig(string spec, string? error, string? warning) => Admitted.Expect(Admitted.Document("ProxyConfig", spec), error, warning);

    // What a module is, WasmPlugin and TrafficExtension say alike.
    [TestCase("{}", "url: Required value")]
    [TestCase("url: ''", "should be at least 1 chars long")]
    [TestCase("url: oci://registry/a:1", null)]
    [TestCase("url: registry.example.com/a:1", null)]
    [TestCase("url: file:///opt/a.wasm", null)]
    [TestCase("url: 'http://a:8080/a.wasm'", null)]
    [TestCase("url: ftp://a/b", "url must have schema one of")]
    [TestCase("url: 'registry.example.com:5000/a'", "url must have schema one of")]
    [TestCase("url: '%zz'", "url must have schema one of")]
    [TestCase("url: 'a b/c'", "url must have schema one of")]
    [TestCase("url: '#%blah$#@'", "url must have schema one of")]
    [TestCase("url: a\nsha256: ''", null)]
    [TestCase("url: a\nsha256: 0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", null)]
    [TestCase("url: a\nsha256: 0123456789ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef", "should match")]
    [TestCase("url: a\nsha256: abc", "should match")]
    [TestCase("url: a\nimagePullPolicy: Never", "Unsupported value")]
    [TestCase("url: a\nimagePullSecret: ''", "should be at least 1 chars long")]
    [TestCase("url: a\nfailStrategy: FAIL_RELOAD\ntype: NETWORK", null)]
    [TestCase("url: a\nvmConfig: {env: [{name: A, value: b}, {name: B, valueFrom: HOST}]}", null)]
    [TestCase("url: a\nvmConfig: {env: [{value: b}]}", "name: Required value")]
    [TestCase("url: a\nvmConfig: {env: [{name: ''}]}", "should be at least 1 chars long")]
    [TestCase("url: a\nvmConfig: {env: [{name: A}, {name: A}]}", "Duplicate value")]
    [TestCase("url: a\nvmConfig: {env: [{name: A, value: b, valueFrom: HOST}]}", "value may only be set when valueFrom is INLINE")]
    [TestCase("url: a\npluginConfig: {any: [thing, 1]}", null)]
    public void A_module(string module, string? error)
    {
        Admitted.Expect(Admitted.Document("WasmPlugin", module), error);
        Admitted.Expect(Admitted.Document("TrafficExtension", $"wasm:\n  {module.ReplaceLineEndings("\n  ")}"), error);
    }

    [TestCase("pluginName", 256)]
    [TestCase("imagePullSecret", 253)]
    public void Names_of_a_module_have_a_length(string field, int length)
    {
        Admitted.Expect(Admitted.Document("WasmPlugin", $"url: a\n{field}: {new string('a', length)}"), null);
        Admitted.Expect(Admitted.Document("WasmPlugin", $"url: a\n{field}: {new string('a', length + 1)}"), "Too long");
    }

    [TestCase("phase: AUTHN\npriority: -5", null, null)]
    [TestCase("phase: LAST", "Unsupported value", null)]
    [TestCase("match: [{mode: SERVER, ports: [{number: 80}]}, {}]", null, null)]
    [TestCase("match: [{ports: [{number: 0}]}]", "greater than or equal to 1", null)]
    [TestCase("match: [{ports: [{number: 65536}]}]", "less than or equal to 65535", null)]
    [TestCase("match: [{ports: [{}]}]", "number: Required value", null)]
    [TestCase("match: [{ports: [{number: 80}, {number: 80}]}]", "Duplicate value", null)]
    [TestCase("selector: {}", null, "selector specified without labels")]
    [TestCase("targetRefs: [{kind: Service, name: a}]", null, null)]
    [TestCase("targetRefs: [{kind: Pod, name: a}]", "targetRef must be to one of", null)]
    [TestCase("targetRefs: [{kind: Service, name: a, namespace: b}]", "cross namespace referencing", null)]
    [TestCase("selector: {matchLabels: {a: b}}\ntargetRefs: [{kind: Service, name: a}]", "only one of targetRefs or selector", null)]
    public void Where_an_extension_stands(string spec, string? error, string? warning)
    {
        Admitted.Expect(Admitted.Document("WasmPlugin", $"url: a\n{spec}"), error, warning);
        Admitted.Expect(Admitted.Document("TrafficExtension", $"lua: {{inlineCode: x}}\n{spec}"), error, warning);
    }

    [TestCase("{}", "exactly one of wasm or lua")]
    [TestCase("wasm: {url: a}\nlua: {inlineCode: x}", "exactly one of wasm or lua")]
    [TestCase("lua: {inlineCode: x}\nphase: EXECUTION_PHASE_STATS", null)]
    [TestCase("lua: {}", "inlineCode: Required value")]
    [TestCase("lua: {inlineCode: ''}", "should be at least 1 chars long")]
    [TestCase("wasm: {url: a}\ntargetRef: {kind: Service, name: a}", "unknown field")]
    public void TrafficExtension(string spec, string? error) => Admitted.Expect(Admitted.Document("TrafficExtension", spec), error);

    [Test]
    public void Lua_has_a_length()
    {
        Admitted.Expect(Admitted.Document("TrafficExtension", $"lua: {{inlineCode: {new string('x', 65536)}}}"), null);
        Admitted.Expect(Admitted.Document("TrafficExtension", $"lua: {{inlineCode: {new string('x', 65537)}}}"), "Too long");
    }

    [TestCase("{}", null)]
    [TestCase("configPatches: [{applyTo: CLUSTER, patch: {operation: REMOVE}}]", null)]
    [TestCase("configPatches: [{patch: {operation: REMOVE}}]", "missing applyTo")]
    [TestCase("configPatches: [{applyTo: INVALID, patch: {operation: REMOVE}}]", "missing applyTo")]
    [TestCase("configPatches: [{applyTo: CLUSTER}]", "missing patch;")]
    [TestCase("configPatches: [{applyTo: CLUSTER, patch: {}}]", "missing patch operation")]
    [TestCase("configPatches: [{applyTo: CLUSTER, patch: {operation: MERGE}}]", "missing patch value")]
    [TestCase("configPatches: [{applyTo: CLUSTER, patch: {operation: CHANGE}}]", "Unsupported value")]
    [TestCase("configPatches: [{applyTo: CLUSTER, match: {proxy: {proxyVersion: '1[.'}}, patch: {operation: REMOVE}}]", "match.proxy.proxyVersion")]
    [TestCase("configPatches: [{applyTo: LISTENER, match: {cluster: {}}, patch: {operation: REMOVE}}]", "cannot have a match on cluster")]
    [TestCase("configPatches: [{applyTo: HTTP_ROUTE, match: {listener: {}}, patch: {operation: REMOVE}}]", "cannot have a match on listener")]
    [TestCase("configPatches: [{applyTo: CLUSTER, match: {routeConfiguration: {}}, patch: {operation: REMOVE}}]", "cannot have a match on routeConfiguration")]
    [TestCase("configPatches: [{applyTo: BOOTSTRAP, match: {cluster: {}}, patch: {operation: REMOVE}}]", null)]
    [TestCase("configPatches: [{applyTo: NETWORK_FILTER, match: {listener: {filterChain: {filter: {}}}}, patch: {operation: REMOVE}}]", "filter match has no name")]
    [TestCase("configPatches: [{applyTo: NETWORK_FILTER, match: {listener: {filterChain: {filter: {name: a, subFilter: {name: b}}}}}, patch: {operation: REMOVE}}]", "applyTo HTTP_FILTER only")]
    [TestCase("configPatches: [{applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {name: a, subFilter: {name: b}}}}}, patch: {operation: REMOVE}}]", "subfilter match requires filter match with")]
    [TestCase("configPatches: [{applyTo: HTTP_FILTER, match: {listener: {filterChain: {filter: {name: envoy.filters.network.http_connection_manager, subFilter: {}}}}}, patch: {operation: REMOVE}}]", "subfilter match has no name")]
    [TestCase("workloadSelector: {labels: {a: 'b*'}}", "wildcard is not supported")]
    [TestCase("workloadSelector: {labels: {a: b}}\ntargetRefs: [{kind: Gateway, group: gateway.networking.k8s.io, name: a}]", "only one of targetRefs or workloadSelector")]
    public void EnvoyFilter(string spec, string? error) =>
        Assert.That(Admitted.Document("EnvoyFilter", spec).Errors.Select(static e => $"{e.Path}: {e.Message}"), error is null ? Is.Empty : Has.Some.Contains(error));

    [TestCase("{}", "exposes internal implementation details")]
    [TestCase("workloadSelector: {}", "chooses every workload")]
    [TestCase("configPatches: [{applyTo: LISTENER, match: {listener: {filterChain: {filter: {name: a}}}}, patch: {operation: REMOVE}}]", "filter match has no effect")]
    public void EnvoyFilter_is_warned_of(string spec, string warning) => Admitted.Expect(Admitted.Document("EnvoyFilter", spec), null, warning);
}
