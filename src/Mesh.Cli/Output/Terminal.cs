using Spectre.Console;

namespace Mesh.Cli.Output;

/// <summary>Output for people: colour and the width of the window on a terminal, plain unbroken lines elsewhere.</summary>
internal static class Terminal
{
    public static IAnsiConsole On(TextWriter writer)
    {
        var isTerminal = (ReferenceEquals(writer, Console.Out) && !Console.IsOutputRedirected) || (ReferenceEquals(writer, Console.Error) && !Console.IsErrorRedirected);
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = int.MaxValue / 2;
        }

        return console;
    }
}
