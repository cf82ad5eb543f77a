namespace Mesh.ArchitectureTests.PublicApi;

public class ApiListingTests
{
    [TestCase(typeof(List<string>), "List<string>")]
    [TestCase(typeof(Dictionary<string, int?[]>), "Dictionary<string, int?[]>")]
    [TestCase(typeof(List<int>.Enumerator), "List.Enumerator<int>")]
    [TestCase(typeof(int[,]), "int[,]")]
    public void Types_read_like_csharp(Type type, string name)
    {
        Assert.That(TypeNames.Of(type), Is.EqualTo(name));
    }

    [Test]
    public void Members_read_like_csharp_without_what_the_compiler_adds()
    {
        Assert.That(new MemberLines(typeof(Sample)).All(), Is.EqualTo(new[]
        {
            "public const int Limit = 3;",
            "public Sample(string Name);",
            "public required IReadOnlyList<string?> Items { get; init; }",
            "public string Name { get; init; }",
            "public string? Note { get; }",
            "public T Pick<T>(ReadOnlySpan<T> from, ref int at, string? by = null, params int[] more) where T : struct;",
        }));
    }

    public sealed record Sample(string Name)
    {
        public const int Limit = 3;

        public required IReadOnlyList<string?> Items { get; init; }

        public string? Note => null;

        public T Pick<T>(ReadOnlySpan<T> from, ref int at, string? by = null, params int[] more)
            where T : struct => from[at + more.Length + (by?.Length ?? 0)];
    }
}
