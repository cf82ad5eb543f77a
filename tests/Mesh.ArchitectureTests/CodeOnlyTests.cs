using Mesh.ArchitectureTests.Sources;

namespace Mesh.ArchitectureTests;

public class CodeOnlyTests
{
    [TestCase("a // b\nc", "a     \nc")]
    [TestCase("a /* b\nc */ d", "a     \n     d")]
    [TestCase("f(\"a\\\"b\")", "f(\"    \")")]
    [TestCase("f(@\"a\"\"b\\\")", "f(@\"     \")")]
    [TestCase("f(\"\") + g", "f(\"\") + g")]
    [TestCase("'\"' + x", "' ' + x")]
    [TestCase("$\"a{b + \"c\"}d\" + e", "$\" {b + \" \"} \" + e")]
    [TestCase("$\"{{a}}{b}\"", "$\"     {b}\"")]
    [TestCase("\"\"\"a \"b\" c\"\"\" + d", "\"\"\"       \"\"\" + d")]
    [TestCase("$$\"\"\"{a}{{b}}\"\"\" + d", "$$\"\"\"   {{b}}\"\"\" + d")]
    public void Blanks_comments_and_strings_in_place(string text, string code)
    {
        Assert.That(CodeOnly.Of(text), Is.EqualTo(code));
    }
}
