namespace Mesh.Conformance;

public sealed class CorporaTests
{
    [Test]
    public void The_corpora_are_where_the_tests_look_for_them() =>
        Assert.That(Directory.Exists(Corpora.Require("istio")), Is.True);
}
