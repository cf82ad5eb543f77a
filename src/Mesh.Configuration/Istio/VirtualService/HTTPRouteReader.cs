using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Istio;

/// <summary>Reads one rule with its conditions and destinations; <see cref="HTTPActionReader"/> reads what else it does.</summary>
internal static class HTTPRouteReader
{
    private static readonly DestinationSpec s_noDestination = new() { Host = "" };

    public static HTTPRouteSpec Read(ObjectReader reader)
    {
        reader.Ignore("websocketUpgrade", "read, but without effect here: Istio removed it, protocol upgrades need no permission any more");
        return ReadFields(reader);
    }

    private static HTTPRouteSpec ReadFields(ObjectReader reader) => new()
    {
        Name = reader.Text("name"),
        Match = reader.List("match", ReadMatch),
        Route = reader.List("route", ReadDestination),
        Redirect = reader.Object("redirect", HTTPActionReader.Redirect),
        DirectResponse = reader.Object("directResponse", HTTPActionReader.DirectResponse),
        Delegate = reader.Object("delegate", HTTPActionReader.Delegate),
        Rewrite = reader.Object("rewrite", HTTPActionReader.Rewrite),
        Timeout = reader.Duration("timeout"),
        Retries = reader.Object("retries", HTTPActionReader.Retry),
        Fault = reader.Object("fault", HTTPActionReader.Fault),
        Mirror = reader.Object("mirror", CommonReaders.Destination),
        Mirrors = reader.List("mirrors", ReadMirror),
        MirrorPercent = reader.Int32("mirrorPercent"),
        MirrorPercentage = reader.Percentage("mirrorPercentage"),
        CorsPolicy = reader.Object("corsPolicy", HTTPActionReader.Cors),
        Headers = reader.Object("headers", CommonReaders.Headers),
    };

    private static HTTPMatchRequestSpec ReadMatch(ObjectReader reader) => new()
    {
        Name = reader.Text("name"),
        Uri = reader.Object("uri", CommonReaders.StringMatch),
        Scheme = reader.Object("scheme", CommonReaders.StringMatch),
        Method = reader.Object("method", CommonReaders.StringMatch),
        Authority = reader.Object("authority", CommonReaders.StringMatch),
        Headers = reader.Map("headers", CommonReaders.StringMatch),
        Port = reader.Int32("port"),
        SourceLabels = reader.StringMap("sourceLabels"),
        Gateways = reader.Strings("gateways"),
        QueryParams = reader.Map("queryParams", CommonReaders.StringMatch),
        IgnoreUriCase = reader.Bool("ignoreUriCase"),
        WithoutHeaders = reader.Map("withoutHeaders", CommonReaders.StringMatch),
        SourceNamespace = reader.Text("sourceNamespace"),
        StatPrefix = reader.Text("statPrefix"),
    };

    private static HTTPRouteDestinationSpec ReadDestination(ObjectReader reader) => new()
    {
        Destination = reader.Required("destination", CommonReaders.Destination, s_noDestination),
        Weight = reader.Int32("weight"),
        Headers = reader.Object("headers", CommonReaders.Headers),
    };

    private static HTTPMirrorPolicySpec ReadMirror(ObjectReader reader) => new()
    {
        Destination = reader.Required("destination", CommonReaders.Destination, s_noDestination),
        Percentage = reader.Percentage("percentage"),
    };
}
