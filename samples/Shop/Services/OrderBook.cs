namespace Shop.Services;

/// <summary>What the books say: orders written, and how many of them carry an id that was written before.</summary>
public sealed record OrderTotals(int Placed, int Duplicates);

/// <summary>
/// The shop's database: one append-only file per instance of orders, one line per order. It does not refuse an id that it has
/// seen; it is there to show that none comes twice.
/// </summary>
internal sealed class OrderBook(string runFolder, string instance) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly FileStream _file = new(Path.Combine(runFolder, $"{instance}.orders"), FileMode.Append, FileAccess.Write, FileShare.Read);

    public void Write(OrderRequest order)
    {
        lock (_gate)
        {
            _file.Write(System.Text.Encoding.UTF8.GetBytes($"{order.OrderId} {order.ProductId}\n"));
            _file.Flush();
        }
    }

    public void Dispose() => _file.Dispose();

    /// <summary>Adds up the books of all instances.</summary>
    public static OrderTotals Total(string runFolder)
    {
        var placed = 0;
        var ids = new HashSet<string>();
        foreach (var book in Directory.EnumerateFiles(runFolder, "*.orders"))
        {
            using var reader = new StreamReader(new FileStream(book, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            while (reader.ReadLine() is { } line)
            {
                placed++;
                ids.Add(line.Split(' ')[0]);
            }
        }

        return new OrderTotals(placed, placed - ids.Count);
    }
}
