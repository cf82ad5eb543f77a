using Mesh.Client.Health;
using Mesh.Model;

namespace Mesh.Client.Tests.Health;

/// <summary>How long an ejection lasts: it grows with each one, falls with good behaviour, and has a bound.</summary>
[TestFixture]
public class EjectionPolicyTests
{
    private static readonly OutlierDetection s_policy = new()
    {
        Interval = TimeSpan.FromSeconds(10),
        BaseEjectionTime = TimeSpan.FromSeconds(30),
        MaxEjectionTime = TimeSpan.FromSeconds(300),
    };

    [Test]
    public void Each_ejection_in_a_row_is_longer_by_the_base_up_to_the_longest()
    {
        var multiplier = 0;
        var seconds = new List<double>();
        for (var i = 0; i < 13; i++)
        {
            multiplier = EjectionPolicy.NextMultiplier(multiplier, TimeSpan.Zero, s_policy);
            seconds.Add(EjectionPolicy.Duration(multiplier, s_policy).TotalSeconds);
        }

        Assert.That(seconds, Is.EqualTo(new[] { 30, 60, 90, 120, 150, 180, 210, 240, 270, 300, 300, 300, 300 }));
        Assert.That(multiplier, Is.EqualTo(11), "more would only take longer to forget");
    }

    [TestCase(5, 0, ExpectedResult = 6)]
    [TestCase(5, 9.9, ExpectedResult = 6)]
    [TestCase(5, 10, ExpectedResult = 5)]
    [TestCase(5, 35, ExpectedResult = 3)]
    [TestCase(5, 1000, ExpectedResult = 1)]
    public int Good_behaviour_takes_one_off_for_each_interval(int multiplier, double wellFor) =>
        EjectionPolicy.NextMultiplier(multiplier, TimeSpan.FromSeconds(wellFor), s_policy);

    [Test]
    public void A_base_beyond_the_bound_is_the_bound() =>
        Assert.That(EjectionPolicy.Duration(3, s_policy with { BaseEjectionTime = TimeSpan.FromSeconds(400) }), Is.EqualTo(TimeSpan.FromSeconds(400)));

    [TestCase("500", 500, ExpectedResult = true)]
    [TestCase("", 599, ExpectedResult = true)]
    [TestCase("", 499, ExpectedResult = false)]
    [TestCase("429", 429, ExpectedResult = true)]
    [TestCase("429", 500, ExpectedResult = false)]
    public bool Statuses_that_are_written_take_the_place_of_5xx(string codes, int status) =>
        EndpointHealthState.IsError(status, s_policy with { HttpErrorCodes = codes.Length == 0 ? [] : [int.Parse(codes, System.Globalization.CultureInfo.InvariantCulture)] });
}
