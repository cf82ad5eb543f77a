using System.Text;
using System.Text.RegularExpressions;
using Mesh.Configuration.Expressions;

namespace Mesh.PropertyTests.Fuzzing;

/// <summary>Any text may stand where an expression belongs: it is refused with words, or compiles to something that ends on any input.</summary>
public sealed class ExpressionFuzzTests
{
    private const string Alphabet = @"ab.*+?|()[]{}^$\dDwWsSbBAzQExpPiC-:=!<>,0123 é𝄞";

    [Test]
    public void A_pattern_is_refused_or_matches_in_linear_time()
    {
        var random = new Random(7);
        var input = new string('a', 4096) + "b";
        var text = new StringBuilder();
        for (var i = Fuzz.Count(100_000); i > 0; i--)
        {
            text.Clear();
            for (var length = random.Next(1, 20); length > 0; length--)
            {
                text.Append(Alphabet[random.Next(Alphabet.Length)]);
            }

            var pattern = text.ToString();
            if (!Re2.TryTranslate(pattern, out var translated, out var error))
            {
                Assert.That(error, Is.Not.Empty, pattern);
                continue;
            }

            if (i % 50 == 0)
            {
                var regex = new Regex(translated, Re2.Options);
                Assert.That(Fuzz.Time(() => regex.IsMatch(input)), Is.LessThan(Fuzz.Patience), pattern);
            }
        }
    }

    [Test]
    public void A_filter_is_refused_with_words_or_accepted()
    {
        string[] pieces = ["a", ".", "b", "(", ")", "[", "]", "{", "}", "&&", "||", "!", "-", "+", "==", "in", "?", ":", ",", "1", "2.5e3", "0x1F", "'t'", "\"", "r'\\'", "'''", "true", "has", " ", "//", "é", "as"];
        var random = new Random(11);
        var accepted = 0;
        for (var i = Fuzz.Count(200_000); i > 0; i--)
        {
            var text = string.Concat(Enumerable.Range(0, random.Next(1, 12)).Select(_ => pieces[random.Next(pieces.Length)]));
            var problem = CelSyntax.Check(text);
            Assert.That(problem, Is.Null.Or.Length.GreaterThan(0));
            accepted += problem is null ? 1 : 0;
        }

        Assert.That(accepted, Is.GreaterThan(0));
        Assert.That(CelSyntax.Check(new string('(', 100_000)), Does.Contain("nested"));
        Assert.That(CelSyntax.Check("connection.mtls && request.headers['x'].contains(\"v\") ? [1, 2u][0] > -1 : {'a': b.c{d: 1}} in e"), Is.Null);
    }
}
