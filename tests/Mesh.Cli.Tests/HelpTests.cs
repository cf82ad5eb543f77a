using Mesh.Cli.Output;

namespace Mesh.Cli.Tests;

public sealed class HelpTests
{
    [Test]
    public async Task The_list_of_commands_has_a_line_for_each()
    {
        var help = await Meshctl.RunAsync("--help");

        Assert.That(help.Lines, Has.Some.EqualTo("analyze <PATH>   Looks across documents for what is wrong between them."));
        Assert.That(help.Output, Does.Not.Contain("Examples"));
    }

    [TestCase("analyze")]
    [TestCase("explain")]
    [TestCase("schema")]
    [TestCase("status")]
    [TestCase("test")]
    [TestCase("validate")]
    public async Task The_help_of_a_command_has_examples_in_lines_that_fit(string command)
    {
        var help = await Meshctl.RunAsync(command, "--help");
        var description = help.Output[..help.Output.IndexOf("Usage:", StringComparison.Ordinal)].Split('\n');

        Assert.That(description, Has.Some.StartsWith($"    meshctl {command} "));
        Assert.That(description.Where(static l => !l.StartsWith("    ", StringComparison.Ordinal)).Max(static l => l.TrimEnd().Length), Is.LessThanOrEqualTo(100));
    }

    [Test]
    public async Task A_wrong_command_line_is_told_on_the_error_output_alone()
    {
        var result = await Meshctl.RunAsync("analyze", "-o", "json");

        Assert.That((result.Code, result.Output.Trim()), Is.EqualTo((ExitCodes.Usage, "")));
        Assert.That(result.Error, Does.Contain("PATH").And.Contain("meshctl analyze --help"));
    }

    [Test]
    public void Lines_are_broken_at_words_and_examples_are_left_alone() =>
        Assert.That(LineBreaks.Wrap("one two three\nfour\n\n  an example that is long\nfive", 9), Is.EqualTo("one two\nthree\nfour\n\n  an example that is long\nfive"));
}
