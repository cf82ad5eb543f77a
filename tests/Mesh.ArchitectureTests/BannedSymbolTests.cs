using System.Text.RegularExpressions;
using Mesh.ArchitectureTests.Sources;

namespace Mesh.ArchitectureTests;

public class BannedSymbolTests
{
    [Test]
    public void Product_code_says_nothing_that_is_banned()
    {
        Assert.That(Repository.Source.SelectMany(Violations), Is.Empty);
    }

    [TestCase("var now = DateTimeOffset.UtcNow;")]
    [TestCase("var r = Random.Shared.Next();")]
    [TestCase("await Task.Delay(5);")]
    [TestCase("await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);")]
    [TestCase("using var cts = new CancellationTokenSource(TimeSpan.FromSeconds(1));")]
    [TestCase("try { } catch (IOException) { }")]
    [TestCase("try { } catch { }")]
    [TestCase("// TODO: later")]
    [TestCase("#pragma warning disable CA1000")]
    [TestCase("throw new NotImplementedException();")]
    public void Catches(string code)
    {
        Assert.That(Violations(new SourceFile("src/Mesh.Client/X.cs", code)), Has.Exactly(1).Items);
    }

    [TestCase("await Task.Delay(span, _timeProvider, cancellationToken);")]
    [TestCase("await Task.Delay(Max(a, b), clock);")]
    [TestCase("using var cts = new CancellationTokenSource();")]
    [TestCase("using var cts = new CancellationTokenSource(span, TimeProvider.System);")]
    [TestCase("/// <summary>Not <c>DateTime.Now</c>.</summary>")]
    [TestCase("""var s = "Random.Shared";""")]
    [TestCase("try { } catch (IOException) { /* the peer is gone */ }")]
    public void Lets_pass(string code)
    {
        Assert.That(Violations(new SourceFile("src/Mesh.Client/X.cs", code)), Is.Empty);
    }

    private static IEnumerable<string> Violations(SourceFile file)
    {
        foreach (var violation in BannedSymbols.InCode.SelectMany(b => file.Matches(b.Pattern, b.Why))
            .Concat(BannedSymbols.InText.SelectMany(b => file.Matches(b.Pattern, b.Why, inComments: true))))
        {
            yield return violation;
        }

        foreach (Match call in BannedSymbols.TimedCall.Matches(file.Code))
        {
            var arguments = Arguments(file.Code, call.Index + call.Length);
            if (arguments.Count is 1 || (arguments.Count is 2 && !LooksLikeClock(arguments[1])))
            {
                yield return file.At(call.Index, "a TimeProvider measures this wait");
            }
        }
    }

    private static bool LooksLikeClock(string argument) => Regex.IsMatch(argument, "time|clock|provider", RegexOptions.IgnoreCase);

    private static List<string> Arguments(string code, int start)
    {
        var arguments = new List<string>();
        var depth = 0;
        var from = start;
        for (var i = start; i < code.Length; i++)
        {
            if (code[i] is '(' or '[' or '{')
            {
                depth++;
            }
            else if (code[i] is ')' or ']' or '}' && depth-- == 0)
            {
                if (code[from..i].Trim().Length > 0)
                {
                    arguments.Add(code[from..i]);
                }

                break;
            }
            else if (code[i] == ',' && depth == 0)
            {
                arguments.Add(code[from..i]);
                from = i + 1;
            }
        }

        return arguments;
    }
}
