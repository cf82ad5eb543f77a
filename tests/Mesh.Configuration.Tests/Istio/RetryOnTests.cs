using Mesh.Configuration.Istio;
using Mesh.Model;

namespace Mesh.Configuration.Tests.Istio;

public class RetryOnTests
{
    [TestCase("5xx", RetryConditions.ServerError)]
    [TestCase("gateway-error, reset", RetryConditions.GatewayError | RetryConditions.Reset)]
    [TestCase("connect-failure,refused-stream,unavailable,cancelled", RetryConditions.ConnectFailure | RetryConditions.RefusedStream | RetryConditions.Unavailable | RetryConditions.Cancelled)]
    [TestCase("nonsense,,5xx", RetryConditions.ServerError)]
    [TestCase("reset-before-request", RetryConditions.ResetBeforeRequest)]
    [TestCase("retriable-4xx,envoy-ratelimited", RetryConditions.Retriable4xx | RetryConditions.EnvoyRateLimited)]
    [TestCase("deadline-exceeded,internal,resource-exhausted", RetryConditions.DeadlineExceeded | RetryConditions.Internal | RetryConditions.ResourceExhausted)]
    public void Tokens_keep_the_spelling_of_Envoy(string text, RetryConditions expected)
    {
        var (conditions, codes) = RetryOn.Parse(text);
        Assert.That(conditions, Is.EqualTo(expected));
        Assert.That(codes, Is.Empty);
    }

    [Test]
    public void Numbers_become_retriable_statuses()
    {
        var (conditions, codes) = RetryOn.Parse("connect-failure,503, 429,503");
        Assert.That(conditions, Is.EqualTo(RetryConditions.ConnectFailure | RetryConditions.RetriableStatusCodes));
        Assert.That(codes, Is.EqualTo(new[] { 503, 429 }));
    }

    [Test]
    public void Unknown_tokens_are_named()
    {
        Assert.That(RetryOn.Check("5xx,503"), Is.Null);
        Assert.That(RetryOn.Check("5xx,reset-befor-request"), Does.Contain("'reset-befor-request'"));
        Assert.That(RetryOn.Check("999"), Is.Not.Null);
    }

    [Test]
    public void Without_a_block_the_default_applies() => Assert.That(RetryLowering.Lower(null, RetryPolicy.Default), Is.SameAs(RetryPolicy.Default));

    [Test]
    public void An_empty_block_and_zero_attempts_switch_retries_off()
    {
        Assert.That(RetryLowering.Lower(new HTTPRetrySpec(), RetryPolicy.Default), Is.EqualTo(RetryPolicy.None));
        Assert.That(RetryLowering.Lower(new HTTPRetrySpec { Attempts = 0 }, RetryPolicy.Default), Is.EqualTo(RetryPolicy.None));
    }

    [Test]
    public void Attempts_alone_take_the_built_in_conditions_as_an_explicit_wish()
    {
        var policy = RetryLowering.Lower(new HTTPRetrySpec { Attempts = 3 }, RetryPolicy.Default);
        Assert.That(policy.Attempts, Is.EqualTo(3));
        Assert.That(policy.RetryOn, Is.EqualTo(RetryPolicy.Default.RetryOn));
        Assert.That(policy.IsDefault, Is.False);
    }

    [Test]
    public void The_back_off_ends_at_ten_times_its_base()
    {
        var policy = RetryLowering.Lower(new HTTPRetrySpec { Attempts = 1, Backoff = TimeSpan.FromMilliseconds(40), PerTryTimeout = TimeSpan.FromSeconds(2), RetryRemoteLocalities = true, RetryIgnorePreviousHosts = false }, RetryPolicy.Default);
        Assert.That(policy.BackoffBase, Is.EqualTo(TimeSpan.FromMilliseconds(40)));
        Assert.That(policy.BackoffMax, Is.EqualTo(TimeSpan.FromMilliseconds(400)));
        Assert.That(policy.PerTryTimeout, Is.EqualTo(TimeSpan.FromSeconds(2)));
        Assert.That(policy.RetryRemoteLocalities, Is.True);
        Assert.That(policy.IgnorePreviousHosts, Is.False);
    }
}
