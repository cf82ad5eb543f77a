using Mesh.Configuration.Schema;
using static Mesh.Configuration.Schema.Fields;

namespace Mesh.Configuration.Istio;

/// <summary>The schema of a WorkloadGroup. Source: Istio's CustomResourceDefinition.</summary>
internal static class WorkloadGroupSchema
{
    private const string HeaderPattern = "^[-_A-Za-z0-9]+$";

    private static readonly IntegerSchema s_notNegative = new(0, int.MaxValue);

    private static readonly ObjectSchema s_probe = new ObjectSchema
    {
        { "initialDelaySeconds", s_notNegative },
        { "timeoutSeconds", s_notNegative },
        { "periodSeconds", s_notNegative },
        { "successThreshold", s_notNegative },
        { "failureThreshold", s_notNegative },
        {
            "httpGet",
            new ObjectSchema
            {
                { "path", Text },
                { "port", Port },
                { "host", Text },
                { "scheme", TextOf().Rule("scheme must be one of [HTTP, HTTPS]", static s => s is "" or "HTTP" or "HTTPS") },
                { "httpHeaders", ListOf(new ObjectSchema { { "name", TextOf(pattern: HeaderPattern) }, { "value", Text } }) },
            }.Required("port")
        },
        { "tcpSocket", new ObjectSchema { { "host", Text }, { "port", Port } }.Required("port") },
        { "exec", new ObjectSchema { { "command", ListOf(TextOf(1)) } }.Required("command") },
        { "grpc", new ObjectSchema { { "port", Port }, { "service", Text } } },
    }.OneOf("httpGet", "tcpSocket", "exec", "grpc");

    public static KindSchema Schema { get; } = new(
        new ObjectSchema
        {
            { "metadata", new ObjectSchema { { "labels", MapOf(Text, max: 256) }, { "annotations", MapOf(Text, max: 256) } } },
            { "template", WorkloadEntrySchema.Template },
            { "probe", s_probe },
        }.Required("template"),
        RequiresSpec: true);
}
