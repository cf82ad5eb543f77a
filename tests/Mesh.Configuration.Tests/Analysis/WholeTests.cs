using Mesh.Configuration.Analysis;
using Mesh.Configuration.Sources;
using static Mesh.Configuration.Tests.Analysis.AnalysisRun;

namespace Mesh.Configuration.Tests.Analysis;

/// <summary>What an analysis of all questions does around them.</summary>
public sealed class WholeTests
{
    private static readonly string s_broken = VirtualService("- route: [{destination: {host: orders}, weight: none}]");

    [Test]
    public void A_document_with_mistakes_is_analyzed_nevertheless()
    {
        var codes = All(Join(s_broken, Service("catalog"))).Messages.Select(static m => m.Type.Code);

        Assert.That(codes, Is.EquivalentTo(["IST0106", "IST0101"]));
    }

    [Test]
    public void An_object_may_ask_not_to_be_told()
    {
        var yaml = Service("catalog") + "\n---\n" + s_broken.Replace("  name: orders\n", "  name: orders\n  annotations: {galley.istio.io/analyze-suppress: 'IST0106, IST0101'}\n", StringComparison.Ordinal);

        Assert.That(All(yaml).Messages, Is.Empty);
    }

    [Test]
    public void Only_the_codes_that_are_asked_for_are_looked_for() =>
        Assert.That(
            All(Join(s_broken, Service("catalog")), new AnalysisOptions { Only = ["IST0101"] }).Messages.Select(static m => m.Type.Code),
            Is.EqualTo(["IST0101"]));

    [Test]
    public void A_folder_of_rules_alone_is_not_taken_to_be_everything()
    {
        var result = All(Join(VirtualService("- route: [{destination: {host: orders, subset: v1}}]"), DestinationRule("subsets: [{name: v1, labels: {version: v1}}]")));

        Assert.That(result.Messages, Is.Empty);
        Assert.That(result.Skipped.Select(static a => a.Needs), Has.Some.EqualTo(AnalysisNeeds.Services));
    }

    [Test]
    public void Services_of_another_part_of_the_mesh_say_nothing_of_this_one()
    {
        var rules = Join(VirtualService("- route: [{destination: {host: orders}, weight: 50}, {destination: {host: stock}, weight: 50}]"), DestinationRule("subsets: [{name: v1, labels: {version: v1}}]"));
        var result = All(Join(rules, Service("catalog"), Deployment("catalog", 2)));

        Assert.That((result.Messages, result.LacksServices), Is.EqualTo((Array.Empty<AnalysisMessage>(), true)), "one service is declared, and two are named in vain");
        Assert.That(All(Join(rules, Service("catalog"), Service("basket"))).Messages.Select(static m => m.Type.Code), Does.Contain("IST0101"), "now the documents hold services");
        Assert.That(
            All(Join(rules, Service("catalog")), new AnalysisOptions { Only = ["IST0101"] }).Messages.Count(static m => m.Type.Code == "IST0101"),
            Is.EqualTo(2),
            "who asks for the code gets an answer");
    }

    [Test]
    public void A_single_service_next_to_a_single_rule_is_taken_for_all_there_is() =>
        Assert.That(All(Join(VirtualService("- route: [{destination: {host: orders}}]"), Service("ordres"))).Messages.Select(static m => m.Type.Code), Is.EqualTo(["IST0101"]));

    [TestCase("IST0173")]
    [TestCase("destinationrule.SubsetSelectPodAnalyzer")]
    public void What_is_asked_for_by_name_is_answered_as_if_the_documents_were_all_there_is(string only)
    {
        var yaml = Join(Service(), DestinationRule("subsets: [{name: v1, labels: {version: v1}}]"));

        Assert.That(All(yaml).Messages, Is.Empty, "the workloads may be kept elsewhere");
        Assert.That(All(yaml, new AnalysisOptions { Only = [only] }).Messages.Select(static m => m.Type.Code), Is.EqualTo(["IST0173"]));
    }

    [Test]
    public void A_code_of_several_analyzers_only_filters()
    {
        var yaml = VirtualService("- route: [{destination: {host: orders, subset: v1}}]");

        Assert.That(All(yaml, new AnalysisOptions { Only = ["IST0101"] }).Messages, Is.Empty);
        Assert.That(All(yaml, new AnalysisOptions { Only = ["virtualservice.DestinationRuleAnalyzer"] }).Messages.Select(static m => m.Text), Has.Exactly(1).Contains("orders+v1"));
    }

    [Test]
    public void Workloads_of_others_say_nothing_of_a_service_a_namespace_or_a_gateway()
    {
        const string others = """
            apiVersion: networking.istio.io/v1
            kind: Sidecar
            metadata: {name: narrow, namespace: shop}
            spec:
              workloadSelector: {labels: {app: cart}}
              egress: [{hosts: ["./*"]}]
            ---
            apiVersion: networking.istio.io/v1
            kind: Gateway
            metadata: {name: edge}
            spec:
              selector: {istio: eastwestgateway}
              servers: [{port: {number: 443, name: https, protocol: HTTPS}, hosts: ["*.example.com"], tls: {mode: SIMPLE, credentialName: edge}}]
            """;
        var yaml = Join(others, Service(), DestinationRule("subsets: [{name: v1, labels: {version: v1}}]"), Deployment("catalog", 2));

        Assert.That(All(yaml).Messages.Select(static m => m.Type.Code), Is.EqualTo(["MESH1018"]), "the Gateway, which is not for a calling process");
        Assert.That(All(Join(yaml, Deployment("orders", 2, "v2"))).Messages.Select(static m => m.Type.Code), Does.Contain("IST0173"), "now the workloads of the service are here");
    }

    [Test]
    public void Fields_without_effect_and_likely_mistakes_have_different_codes_whatever_their_words()
    {
        var yaml = DestinationRule("trafficPolicy: {connectionPool: {http: {maxConcurrentStreams: 7}}, portLevelSettings: [{port: {number: 80}, loadBalancer: {simple: RANDOM}}, {port: {number: 80}, loadBalancer: {simple: RANDOM}}]}");

        Assert.That(All(yaml).Messages.Select(static m => m.Type.Code), Is.EqualTo(["MESH1018", "MESH1022"]));
    }

    [Test]
    public void Hosts_outside_of_the_cluster_are_judged_by_ServiceEntries_alone()
    {
        const string entry = """
            apiVersion: networking.istio.io/v1
            kind: ServiceEntry
            metadata: {name: pay}
            spec:
              hosts: [pay.example.com]
              ports: [{number: 443, name: https, protocol: HTTPS}]
              resolution: DNS
            """;

        var rule = VirtualService("- route: [{destination: {host: orders}}, {destination: {host: play.example.com}}]");
        Assert.That(Messages<DestinationHostAnalyzer>(Join(entry, rule)), Has.Count.EqualTo(2), "when the documents are all there is");
        Assert.That(All(Join(entry, rule), new AnalysisOptions { Only = ["IST0101"] }).Messages.Select(static m => m.Text), Has.Exactly(1).Contains("play.example.com"));
    }

    [Test]
    public void Services_of_a_settings_file_count()
    {
        var result = ConfigurationAnalysis.Analyze(
        [
            new("mesh.yaml", VirtualService("- route: [{destination: {host: orders}}, {destination: {host: ordres}}]")),
            new("appsettings.json", """{ "Services": { "orders": { "http": ["localhost:5001"] } } }""", ConfigTextFormat.Json),
        ]);

        Assert.That(result.Messages.Where(static m => m.Type.Code == "IST0101").Select(static m => m.Text), Has.Exactly(1).Contains("'ordres'"));
    }

    [Test]
    public void A_text_in_which_nothing_can_be_recognised_is_an_error()
    {
        var message = All("kind: [").Messages.Single();

        Assert.That((message.Type.Code, message.Resource, message.At.Source), Is.EqualTo(("MESH1000", "", "mesh.yaml")));
    }

    [Test]
    public void Messages_come_in_the_order_of_lines()
    {
        var lines = All(Join(Service("catalog"), s_broken, VirtualService("- route: [{destination: {host: nowhere}}]").Replace("name: orders", "name: other", StringComparison.Ordinal))).Messages.Select(static m => m.At.Line).ToArray();

        Assert.That(lines, Is.Ordered.And.Not.Empty);
    }

    [Test]
    public void Every_message_type_has_its_own_code() =>
        Assert.That(AnalyzerCatalog.Messages.Select(static m => m.Code), Is.Unique);

    [Test]
    public void The_table_of_codes_in_the_documentation_is_complete()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Mesh.sln")))
        {
            folder = folder.Parent;
        }

        Assume.That(folder, Is.Not.Null);
        var page = File.ReadAllLines(Path.Combine(folder!.FullName, "docs", "analysis.md"));
        Assert.That(
            page.Where(static line => line.StartsWith("| IST", StringComparison.Ordinal) || line.StartsWith("| MESH", StringComparison.Ordinal)),
            Is.EqualTo(AnalyzerCatalog.Messages.Select(static m => $"| {m.Code} | {m.Name} | {m.Level} | {m.Meaning} |")));
    }
}
