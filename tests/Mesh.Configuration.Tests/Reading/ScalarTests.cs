using Mesh.Configuration.Reading;

namespace Mesh.Configuration.Tests.Reading;

public class ScalarTests
{
    [TestCase("1s", 1000)]
    [TestCase("1.5s", 1500)]
    [TestCase("100ms", 100)]
    [TestCase("1h2m", 3_720_000)]
    [TestCase("1h0.5m3s", 3_633_000)]
    [TestCase("0s", 0)]
    [TestCase("0", 0)]
    [TestCase(".5s", 500)]
    [TestCase("+2s", 2000)]
    [TestCase("1500us", 1.5)]
    [TestCase("1500µs", 1.5)]
    public void Durations_are_read_as_Go_and_protobuf_read_them(string text, double milliseconds)
    {
        Assert.That(DurationText.TryParse(text, out var value), Is.True);
        Assert.That(value.TotalMilliseconds, Is.EqualTo(milliseconds));
    }

    [TestCase("")]
    [TestCase("s")]
    [TestCase("1")]
    [TestCase("1 s")]
    [TestCase("1.2.3s")]
    [TestCase("-1s")]
    [TestCase("1d")]
    [TestCase("99999999999999999999s")]
    [TestCase("99999999999999999999999999h")]
    [TestCase("1s1")]
    public void What_is_no_duration_is_refused(string text) => Assert.That(DurationText.TryParse(text, out _), Is.False);

    [Test]
    public void A_nanosecond_is_not_nothing()
    {
        Assert.That(DurationText.TryParse("1ns", out var value), Is.True);
        Assert.That(value, Is.EqualTo(TimeSpan.FromTicks(1)));
    }

    [TestCase("0", 0)]
    [TestCase("-12", -12)]
    [TestCase("1_000", 1000)]
    [TestCase("0x1F", 31)]
    [TestCase("0644", 420)]
    [TestCase("0o644", 420)]
    [TestCase("0b101", 5)]
    [TestCase("9223372036854775807", long.MaxValue)]
    public void Integers_are_read_as_YAML_1_1(string text, long expected)
    {
        Assert.That(ScalarText.TryInteger(text, out var value), Is.True);
        Assert.That(value, Is.EqualTo(expected));
    }

    [TestCase("")]
    [TestCase("-")]
    [TestCase("0x")]
    [TestCase("08")]
    [TestCase("1a")]
    [TestCase("9223372036854775808")]
    public void What_is_no_integer_is_refused(string text) => Assert.That(ScalarText.TryInteger(text, out _), Is.False);

    [TestCase("1.10", true)]
    [TestCase("yes", true)]
    [TestCase("~", true)]
    [TestCase("1e3", true)]
    [TestCase("v1", false)]
    [TestCase("1.2.3", false)]
    [TestCase("Infinity", false)]
    [TestCase("<your-docker-image>", false)]
    public void Plain_scalars_that_are_not_text(string text, bool typed) => Assert.That(ScalarText.IsTyped(text), Is.EqualTo(typed));

    [TestCase("abc", "abc", 0)]
    [TestCase("abc", "acb", 1)]
    [TestCase("abc", "abcd", 1)]
    [TestCase("abc", "xyz", 3)]
    [TestCase("timeout", "tiemouts", 2)]
    public void Neighbours_that_changed_places_are_one_edit(string a, string b, int expected) => Assert.That(NameSuggestion.Distance(a, b), Is.EqualTo(expected));

    [TestCase("url", "uri")]
    [TestCase("perTryTimeOut", "perTryTimeout")]
    [TestCase("per_try_timeout", "perTryTimeout")]
    [TestCase("abc", null)]
    public void The_nearest_name_is_suggested_and_nothing_far_fetched(string written, string? expected) =>
        Assert.That(NameSuggestion.Find(written, ["uri", "perTryTimeout", "attempts"]), Is.EqualTo(expected));
}
