using System.Globalization;

namespace Shop.Supervision;

/// <summary>What the supervisor prints. Coloured on a terminal, plain in a pipe or under NO_COLOR.</summary>
internal sealed class ShopConsole
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

    public void Instances(IEnumerable<InstanceStatus> instances)
    {
        Line($"  {Dim($"{"service",-24}{"version",-9}{"address",-24}{"pid",-9}instance")}");
        foreach (var i in instances)
        {
            var address = i.Service == "storefront" ? $"http://localhost:{i.Address.Split(':')[1]}" : i.Address;
            Line($"  {Accent($"{i.Service,-24}")}{i.Version,-9}{address,-24}{i.Pid,-9}{Dim(i.Name)}");
        }
    }

    private string Paint(string code, string text) => _colour ? $"\u001b[{code}m{text}\u001b[0m" : text;
}
