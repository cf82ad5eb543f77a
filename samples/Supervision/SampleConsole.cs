using System.Globalization;

namespace Samples.Supervision;

/// <summary>What a supervisor prints. Coloured on a terminal, plain in a pipe or under NO_COLOR.</summary>
internal sealed class SampleConsole
{
    private readonly bool _colour = !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
    private readonly Lock _gate = new();

    public string Bold(string text) => Paint("1", text);

    public string Dim(string text) => Paint("2", text);

    public string Good(string text) => Paint("32", text);

    public string Bad(string text) => Paint("31", text);

    public string Accent(string text) => Paint("36", text);

    public void Line(string text = "")
    {
        lock (_gate)
        {
            Console.WriteLine(text);
        }
    }

    /// <summary>Something that happened now.</summary>
    public void Event(string text) =>
        Line($"  {Dim(TimeProvider.System.GetLocalNow().ToString("HH:mm:ss", CultureInfo.InvariantCulture))}  {text}");

    /// <summary>A line that an instance wrote.</summary>
    public void Log(string instance, string line) => Line($"  {Dim($"{instance,-26}|")} {line}");

    /// <summary>What runs where; the first instance is the front, which a browser may open.</summary>
    public void Instances(IReadOnlyList<InstanceStatus> instances)
    {
        Line();
        Line($"  {Dim($"{"service",-24}{"version",-9}{"address",-24}{"pid",-9}instance")}");
        foreach (var i in instances)
        {
            var address = ReferenceEquals(i, instances[0]) ? $"http://localhost:{i.Address.Split(':')[1]}" : i.Address;
            Line($"  {Accent($"{i.Service,-24}")}{i.Version,-9}{address,-24}{i.Pid,-9}{Dim(i.Name)}");
        }
    }

    /// <summary>Where to look, and commands to try.</summary>
    public void TryNext(string url, IReadOnlyList<(string What, string How)> hints)
    {
        Line();
        Line($"  {Bold("Open")}  {Bold(Accent(url))}");
        Line();
        Line($"  {Bold("Try next")}");
        foreach (var (what, how) in hints)
        {
            Line($"    {what,-17}{Accent(how)}");
        }

        Line();
        Line($"  {Dim("Ctrl-C stops everything.")}");
        Line();
    }

    private string Paint(string code, string text) => _colour ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
