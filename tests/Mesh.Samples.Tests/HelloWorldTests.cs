using System.Globalization;
using Mesh.Samples.Tests.Running;
using Mesh.Tests.Shared;

namespace Mesh.Samples.Tests;

/// <summary>The tutorial's application, its documents untouched.</summary>
public sealed class HelloWorldTests
{
    [TestCase(false)]
    [TestCase(true)]
    public async Task Three_replicas_answer_in_turn_a_third_each(bool standIn)
    {
        if (!standIn)
        {
            RealComponent.Require("go");
        }

        await using var sample = SampleProcess.Run("HelloWorld", standIn ? ["--without-go"] : []);
        await sample.ExitAsync();

        Assert.That(sample.ExitCode, Is.Zero, sample.AllOutput);
        var answers = sample.Output.Where(l => l.Contains("Hello, World!", StringComparison.Ordinal)).Select(l => l[^1]).ToArray();
        Assert.That(answers, Has.Length.EqualTo(12));
        for (var i = 3; i < answers.Length; i++)
        {
            Assert.That(answers[i], Is.EqualTo(answers[i - 3]), "in turn");
        }

        Assert.That(answers.Distinct().Count(), Is.EqualTo(3));
        Assert.That(sample.AllOutput, standIn ? Does.Contain("stands in") : Does.Contain(" go, pid"));
        var pids = sample.Output.Where(l => l.Contains("pid ", StringComparison.Ordinal)).Select(l => int.Parse(l[(l.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
        Assert.That(pids.Where(SampleProcess.IsAlive), Is.Empty);
    }

    [Test]
    public void The_documents_are_the_tutorials_own()
    {
        var reference = Repository.PathOf("..", "shared", "reference-apps", "hello-world");
        if (!Directory.Exists(reference))
        {
            Assert.Ignore("The reference application is not beside this repository.");
        }

        var files = Directory.EnumerateFiles(reference, "*.yaml").ToArray();
        Assert.That(files, Has.Length.EqualTo(5));
        foreach (var file in files)
        {
            Assert.That(File.ReadAllBytes(Repository.PathOf("samples", "HelloWorld", "mesh", Path.GetFileName(file))), Is.EqualTo(File.ReadAllBytes(file)), file);
        }
    }
}
