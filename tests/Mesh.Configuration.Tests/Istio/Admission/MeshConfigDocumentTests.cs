namespace Mesh.Configuration.Tests.Istio.Admission;

/// <summary>The documents in which <c>meshctl validate</c> finds a MeshConfig.</summary>
public sealed class MeshConfigDocumentTests
{
    [TestCase("proxyListenPort: 0", "MeshConfig", "proxyListenPort", 1)]
    [TestCase("meshConfig: {proxyListenPort: 0}\nglobal: {}", "MeshConfig", "meshConfig.proxyListenPort", 1)]
    [TestCase("kind: MeshConfig\nproxyListenPort: 0", "MeshConfig", "proxyListenPort", 2)]
    [TestCase("apiVersion: mesh.istio.io/v1alpha1\nkind: MeshConfig\nmetadata: {name: a}\nproxyListenPort: 0", "MeshConfig", "proxyListenPort", 4)]
    [TestCase("apiVersion: any/v1\nkind: MeshConfig\nspec:\n  proxyListenPort: 0", "MeshConfig", "spec.proxyListenPort", 4)]
    [TestCase("apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec:\n  meshConfig:\n    proxyListenPort: 0", "IstioOperator", "spec.meshConfig.proxyListenPort", 5)]
    [TestCase("apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {values: {meshConfig: {proxyListenPort: 0}}}", "IstioOperator", "spec.values.meshConfig.proxyListenPort", 3)]
    [TestCase("apiVersion: sailoperator.io/v1\nkind: Istio\nmetadata: {name: default}\nspec: {values: {meshConfig: {proxyListenPort: 0}}}", "Istio", "spec.values.meshConfig.proxyListenPort", 4)]
    [TestCase("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio}\ndata:\n  mesh: |\n    proxyListenPort: 0", "ConfigMap", "data.mesh.proxyListenPort", 5)]
    [TestCase("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio-canary}\ndata:\n  meshNetworks: 'networks: {a: {gateways: [{}]}}'", "ConfigMap", "data.meshNetworks.networks.a.gateways[0].port", 5)]
    public void A_mistake_is_found_at_its_place(string yaml, string kind, string path, int line)
    {
        var result = Admitted.Text(yaml);

        Assert.That((result.Kind, result.Errors.Single().Path, result.Errors.Single().Line), Is.EqualTo((kind, path, line)));
    }

    [TestCase("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\ndata: {mesh: 'proxyListenPort: 0'}", null)]
    [TestCase("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio}\ndata: {mesh: ''}", null)]
    [TestCase("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio}\ndata: {mesh: '[]'}", "must hold a mapping")]
    [TestCase("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: istio}\ndata: {mesh: '{'}", "of the text: not valid YAML")]
    [TestCase("apiVersion: install.istio.io/v1alpha1\nkind: IstioOperator\nspec: {profile: demo}", null)]
    [TestCase("kind: MeshConfig", null)]
    public void Other_documents(string yaml, string? error) => Admitted.Expect(Admitted.Text(yaml), error);

    [Test]
    public void A_file_of_something_else_stays_unread()
    {
        var result = Admitted.Text("proxyListenPort: 0\nname: something");

        Assert.That((result.Kind, result.IsValid, result.Warnings.Single().Message), Is.EqualTo(("", true, "the document has no 'kind'; it is not read")));
    }
}
