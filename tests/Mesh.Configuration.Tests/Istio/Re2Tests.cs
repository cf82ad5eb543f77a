using System.Text.RegularExpressions;
using Mesh.Configuration.Expressions;

namespace Mesh.Configuration.Tests.Istio;

public class Re2Tests
{
    [TestCase("(?=a)")]
    [TestCase("(?!a)")]
    [TestCase("(?<=a)b")]
    [TestCase("(?<!a)b")]
    [TestCase("(?>a)")]
    [TestCase("(a)\\1")]
    [TestCase("\\k<x>")]
    [TestCase("a*+")]
    [TestCase("a**")]
    [TestCase("*a")]
    [TestCase("?")]
    [TestCase("[a")]
    [TestCase("(a")]
    [TestCase("a)")]
    [TestCase("\\")]
    [TestCase("\\y")]
    [TestCase("a{1001}")]
    [TestCase("(a{501}){2}")]
    [TestCase("((a{10,}){10}){11}")]
    [TestCase("(b|a{501})c{3}(a{2}){501}")]
    [TestCase("(?i-)a")]
    [TestCase("(?i--s)a")]
    [TestCase("(?#comment)")]
    [TestCase("(?(1)a|b)")]
    [TestCase("[[:nope:]]")]
    public void What_RE2_does_not_know_is_refused(string pattern) => Assert.That(Re2.Check(pattern), Is.Not.Null);

    [TestCase("/api/v[0-9]+", "/api/v12", true)]
    [TestCase("(?i)jason", "JASON", true)]
    [TestCase("(?P<name>a+)b", "aab", true)]
    [TestCase("\\d+", "٣", false)]
    [TestCase("\\w+", "é", false)]
    [TestCase("[\\W]", "é", true)]
    [TestCase("[[:alpha:]]+", "abc", true)]
    [TestCase("[^[:digit:]]", "7", false)]
    [TestCase("\\Qa.b\\E", "axb", false)]
    [TestCase("\\Qa.b\\E", "a.b", true)]
    [TestCase("[a-z-[aeiou]]+", "e", false)]
    [TestCase("\\x{41}", "A", true)]
    [TestCase("\\pL", "é", true)]
    [TestCase("a$", "a\n", false)]
    [TestCase("a{,2}", "a{,2}", true)]
    [TestCase("[]a]", "]", true)]
    [TestCase("a{2,}", "aaa", true)]
    [TestCase("(a{2}){3}", "aaaaaa", true)]
    [TestCase("(a{0}b{500}){0}x", "x", true)]
    [TestCase("a{600}b{600}|(?i)c{900}", "C", false)]
    [TestCase("(?i-s:a)", "A", true)]
    [TestCase("a\\_b", "a_b", true)]
    public void An_expression_means_the_same_as_in_RE2(string pattern, string text, bool matches)
    {
        Assert.That(Re2.TryTranslate(pattern, out var translated, out var error), Is.True, error);
        Assert.That(Regex.IsMatch(text, $"\\A(?:{translated})\\z", Re2.Options), Is.EqualTo(matches));
    }
}
