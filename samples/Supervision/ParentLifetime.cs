using System.Runtime.InteropServices;

namespace Samples.Supervision;

/// <summary>
/// Ties an instance to the supervisor: it says when it listens, and it stops when standard input ends. Ctrl-C, which a terminal sends
/// to every process of the sample at once, is the supervisor's to handle; SIGTERM (<c>kill</c>) stops this instance alone.
/// </summary>
internal sealed class ParentLifetime(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private PosixSignalRegistration? _interrupt;
    private PosixSignalRegistration? _terminate;

    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, static signal => signal.Cancel = true);
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, signal =>
        {
            signal.Cancel = true;
            application.StopApplication();
        });
        application.ApplicationStarted.Register(static () => Console.WriteLine(InstanceProcess.ReadyLine));
        _ = Task.Run(StopAtEndOfInputAsync, cancellationToken);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose()
    {
        _interrupt?.Dispose();
        _terminate?.Dispose();
    }

    private async Task StopAtEndOfInputAsync()
    {
        using var input = Console.OpenStandardInput();
        var buffer = new byte[16];
        while (await input.ReadAsync(buffer) > 0)
        {
        }

        application.StopApplication();
    }
}
