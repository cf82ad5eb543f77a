using System.Net.Http.Headers;
using Mesh.Client.Compile;
using Mesh.Model;

namespace Mesh.Client.Tests.Compile;

/// <summary>Edits find a header where .NET keeps it, whatever its name, and never throw for one that belongs elsewhere.</summary>
[TestFixture]
public class HeaderOperationsTests
{
    private static readonly string[] s_names = ["accept", "cookie", "content-type", "content-language", "server", "x-custom", "expires", "content-length", "te", "date"];

    [TestCaseSource(nameof(s_names))]
    public void A_header_that_is_not_there_can_be_removed(string name)
    {
        using var request = new HttpRequestMessage { Content = new ByteArrayContent([]) };
        using var response = new HttpResponseMessage();
        var operations = CompiledHeaderOperations.Create(new HeaderOperations { Remove = [name] })!;

        operations.Apply(request.Headers, request.Content.Headers);
        operations.Apply(request.Headers, null);
        operations.Apply(response.Headers, response.Content.Headers);

        Assert.That(request.Headers.NonValidated, Is.Empty);
    }

    [TestCaseSource(nameof(s_names))]
    public void A_header_that_is_set_stands_once_and_can_be_removed_again(string name)
    {
        using var request = new HttpRequestMessage { Content = new ByteArrayContent([]) };
        var set = CompiledHeaderOperations.Create(new HeaderOperations { Set = ModelMap.Of((name, "1")) })!;
        var remove = CompiledHeaderOperations.Create(new HeaderOperations { Remove = [name] })!;

        set.Apply(request.Headers, request.Content.Headers);
        set.Apply(request.Headers, request.Content.Headers);
        Assert.That(Values(request.Headers, name).Concat(Values(request.Content.Headers, name)), Is.EqualTo(new[] { "1" }));
        remove.Apply(request.Headers, request.Content.Headers);
        Assert.That(Values(request.Headers, name).Concat(Values(request.Content.Headers, name)), Is.Empty);
    }

    [Test]
    public void Removes_come_before_sets_and_sets_before_adds()
    {
        using var request = new HttpRequestMessage();
        request.Headers.Add("x-a", "old");
        var operations = CompiledHeaderOperations.Create(new HeaderOperations { Remove = ["x-a"], Set = ModelMap.Of(("x-a", "set")), Add = ModelMap.Of(("x-a", "added")) })!;

        operations.Apply(request.Headers, null);

        Assert.That(Values(request.Headers, "x-a"), Is.EqualTo(new[] { "set,added" }));
    }

    private static string[] Values(HttpHeaders headers, string name) => headers.NonValidated.TryGetValues(name, out var values) ? [.. values] : [];
}
