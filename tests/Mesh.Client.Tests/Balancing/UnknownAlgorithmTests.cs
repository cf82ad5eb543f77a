using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Mesh.Client.Tests.Balancing;

/// <summary>Only the running mesh knows which algorithms are registered; it says so when a configuration names another.</summary>
[TestFixture]
public class UnknownAlgorithmTests
{
    [TestCase("custom: NEAREST", true)]
    [TestCase("simple: ROUND_ROBIN", false)]
    [TestCase("simple: PASSTHROUGH", false)]
    public async Task A_name_nobody_registered_is_a_warning_and_the_default_is_used(string loadBalancer, bool warns)
    {
        var log = new Lines();
        await using var mesh = await TestMesh.StartAsync(TestMesh.Service("orders.local", "10.0.0.1", "10.0.0.2") + $$"""
            apiVersion: networking.istio.io/v1
            kind: DestinationRule
            metadata: { name: orders }
            spec:
              host: orders.local
              trafficPolicy: { loadBalancer: { {{loadBalancer}} } }
            """, configure: b => b.Services.AddLogging(l => l.AddProvider(log)));

        var response = await mesh.GetAsync("http://orders.local/");

        Assert.That((int)response.StatusCode, Is.EqualTo(200));
        Assert.That(log.Warnings.Where(static l => l.Contains("'NEAREST'", StringComparison.Ordinal) && l.Contains("LEAST_REQUEST", StringComparison.Ordinal)).Count(), warns ? Is.GreaterThan(0) : Is.Zero);
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Warnings { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel == LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Warning)
            {
                Warnings.Enqueue(formatter(state, exception));
            }
        }

        public void Dispose()
        {
            // Nothing is held.
        }
    }
}
