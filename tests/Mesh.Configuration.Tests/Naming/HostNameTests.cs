using Mesh.Configuration.Naming;

namespace Mesh.Configuration.Tests.Naming;

public class HostNameTests
{
    [TestCase("foo.com", "foo.com", true)]
    [TestCase("bar.foo.com", "foo.com", false)]
    [TestCase("*.foo.com", "bar.foo.com", true)]
    [TestCase("bar.foo.com", "*.foo.com", true)]
    [TestCase("*.foo.com", "foo.com", false)]
    [TestCase("*.bar.foo.com", "*.foo.com", true)]
    [TestCase("*.foo.com", "*.bar.com", false)]
    [TestCase("*", "anything", true)]
    [TestCase("*", "*.com", true)]
    public void Two_names_overlap_when_some_host_is_meant_by_both(string left, string right, bool expected)
    {
        Assert.That(HostName.Overlaps(left, right), Is.EqualTo(expected));
        Assert.That(HostName.Overlaps(right, left), Is.EqualTo(expected));
    }

    [TestCase("a.foo.com", "*.foo.com", true)]
    [TestCase("*.foo.com", "a.foo.com", false)]
    [TestCase("*.a.foo.com", "*.foo.com", true)]
    [TestCase("*.foo.com", "*.a.foo.com", false)]
    [TestCase("foo.com", "*", true)]
    [TestCase("*", "*", true)]
    public void A_name_lies_within_another_when_all_its_hosts_do(string inner, string outer, bool expected) =>
        Assert.That(HostName.IsWithin(inner, outer), Is.EqualTo(expected));

    [Test]
    public void The_most_specific_name_sorts_first()
    {
        string[] names = ["*", "*.com", "foo.com", "*.foo.com", "a.foo.com"];
        Array.Sort(names, HostName.CompareSpecificity);
        Assert.That(names, Is.EqualTo(new[] { "a.foo.com", "foo.com", "*.foo.com", "*.com", "*" }));
    }

    [TestCase("reviews", "reviews.prod.svc.cluster.local")]
    [TestCase("reviews.prod", "reviews.prod")]
    [TestCase("*.foo", "*.foo")]
    [TestCase("*", "*")]
    public void Only_a_name_without_a_dot_is_expanded(string host, string expected) =>
        Assert.That(HostName.Expand(host, "prod", "cluster.local"), Is.EqualTo(expected));

    [Test]
    public void The_index_finds_the_exact_host_then_the_longest_wildcard()
    {
        var index = new HostIndex<int>();
        index.TryAdd("*", 0);
        index.TryAdd("*.com", 1);
        index.TryAdd("*.foo.com", 2);
        index.TryAdd("a.foo.com", 3);
        Assert.That(Find("a.foo.com"), Is.EqualTo(3));
        Assert.That(Find("b.foo.com"), Is.EqualTo(2));
        Assert.That(Find("c.b.foo.com"), Is.EqualTo(2));
        Assert.That(Find("foo.com"), Is.EqualTo(1));
        Assert.That(Find("*.foo.com"), Is.EqualTo(2));
        Assert.That(Find("*.b.foo.com"), Is.EqualTo(2));
        Assert.That(Find("org"), Is.Zero);

        int Find(string host) => index.TryFind(host, out var value) ? value : -1;
    }

    [Test]
    public void Of_two_entries_for_one_host_the_first_stays()
    {
        var index = new HostIndex<int>();
        Assert.That(index.TryAdd("a", 1), Is.True);
        Assert.That(index.TryAdd("a", 2), Is.False);
        Assert.That(index.TryGetExact("a", out var value) ? value : 0, Is.EqualTo(1));
    }

    [Test]
    public void The_bare_name_works_only_in_the_own_namespace()
    {
        Assert.That(
            ServiceAliases.Of("catalog", "shop", "cluster.local", "shop"),
            Is.EqualTo(new[] { "catalog.shop.svc.cluster.local", "catalog.shop.svc", "catalog.shop", "catalog" }));
        Assert.That(ServiceAliases.Of("catalog", "shop", "cluster.local", "other"), Does.Not.Contain("catalog"));
    }

    [TestCase("catalog.shop.svc.cluster.local", true)]
    [TestCase("catalog.shop.svc", false)]
    [TestCase("*.shop.svc.cluster.local", false)]
    [TestCase("svc.cluster.local", false)]
    public void A_cluster_host_is_taken_apart(string host, bool expected) =>
        Assert.That(ServiceAliases.TrySplit(host, "cluster.local", out _, out _), Is.EqualTo(expected));

    [TestCase("", "other", true)]
    [TestCase("*", "other", true)]
    [TestCase(".", "shop", true)]
    [TestCase(".", "other", false)]
    [TestCase("other", "other", true)]
    [TestCase("~", "shop", false)]
    public void Export_lists_say_who_sees_a_document(string entry, string viewer, bool expected) =>
        Assert.That(Visibility.IsVisible(entry.Length == 0 ? [] : [entry], "shop", viewer), Is.EqualTo(expected));

    [TestCase("foo.com", true)]
    [TestCase("*.foo.com", true)]
    [TestCase("*-foo.com", true)]
    [TestCase("*", true)]
    [TestCase("*foo.com", true)]
    [TestCase("foo.*.com", false)]
    [TestCase("foo.ba!r", false)]
    [TestCase("foo_bar.com", false)]
    [TestCase("", false)]
    [TestCase("-foo.com", false)]
    public void Wildcard_hosts_are_checked(string host, bool valid) => Assert.That(DnsName.CheckWildcardHost(host) is null, Is.EqualTo(valid));
}
