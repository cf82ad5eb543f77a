namespace Mesh.Peers.Common;

/// <summary>
/// The order of modes in a round: each round starts one further on, and every second round runs backwards, so that no mode always
/// follows the same neighbour or always has the machine at the same temperature.
/// </summary>
internal static class Rotation
{
    public static IEnumerable<T> Order<T>(IReadOnlyList<T> items, int round)
    {
        for (var i = 0; i < items.Count; i++)
        {
            var step = round % 2 == 0 ? i : items.Count - 1 - i;
            yield return items[(step + round) % items.Count];
        }
    }
}
