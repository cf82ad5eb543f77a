using System.CommandLine;

namespace Mesh.Cli.Commands;

/// <summary><c>-o</c>: for whom a command writes.</summary>
internal static class OutputOption
{
    public static Option<string> Create()
    {
        var option = new Option<string>("--output", "-o") { Description = "text for people, json for programs.", HelpName = "text|json", DefaultValueFactory = static _ => "text" };
        option.AcceptOnlyFromAmong("text", "json");
        return option;
    }

    public static bool IsJson(ParseResult parsed, Option<string> option) => parsed.GetValue(option) == "json";
}
