using System.Globalization;

namespace Bookinfo.Commands;

/// <summary>Arguments of the two tools, with the names that curl and fortio have for them.</summary>
internal sealed record ToolArguments
{
    public Uri? Url { get; private set; }

    public string? Method { get; private set; }

    public string? Data { get; private set; }

    public List<(string Name, string Value)> Headers { get; } = [];

    public bool ShowHead { get; private set; }

    public int Port { get; private set; } = BookinfoOptions.DefaultPort;

    public int Callers { get; private set; } = 1;

    public int Requests { get; private set; } = 20;

    /// <summary>Reads them; null, with a message on the error output, when they are wrong.</summary>
    public static ToolArguments? Parse(string[] args, string usage)
    {
        var parsed = new ToolArguments();
        for (var i = 0; i < args.Length; i++)
        {
            var (name, value, takesNext) = args[i].Split('=', 2) is ["--port", var port] ? ("--port", port, false) : (args[i], args.ElementAtOrDefault(i + 1) ?? "", true);
            if (!parsed.Take(name, value, ref takesNext))
            {
                Console.Error.WriteLine($"'{args[i]}' is not understood. {usage}");
                return null;
            }

            i += takesNext ? 1 : 0;
        }

        if (parsed.Url is null)
        {
            Console.Error.WriteLine(usage);
        }

        return parsed.Url is null ? null : parsed;
    }

    public HttpRequestMessage ToRequest()
    {
        var request = new HttpRequestMessage(new HttpMethod(Method ?? (Data is null ? "GET" : "POST")), Url);
        foreach (var (name, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        request.Content = Data is null ? null : new StringContent(Data);
        return request;
    }

    private bool Take(string name, string value, ref bool takesNext)
    {
        switch (name)
        {
            case "-H" when value.Split(':', 2) is [var header, var text]:
                Headers.Add((header.Trim(), text.Trim()));
                return true;
            case "-X":
                Method = value;
                return true;
            case "-d":
                Data = value;
                return true;
            case "-c" when int.TryParse(value, CultureInfo.InvariantCulture, out var callers) && callers > 0:
                Callers = callers;
                return true;
            case "-n" when int.TryParse(value, CultureInfo.InvariantCulture, out var requests) && requests > 0:
                Requests = requests;
                return true;
            case "--port" when int.TryParse(value, CultureInfo.InvariantCulture, out var port):
                Port = port;
                return true;
            case "-i" or "-I" or "-v" or "-s" or "-sS":
                (ShowHead, takesNext) = (ShowHead || name is not ("-s" or "-sS"), false);
                return true;
            default:
                takesNext = false;
                Url = Uri.TryCreate(name, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? new Uri(name) : null;
                return Url is not null;
        }
    }
}
