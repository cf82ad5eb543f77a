// hot path
using Mesh.Balancing;

namespace Mesh.Client.Balancing;

/// <summary>
/// Chooses a locality by its share, then an endpoint in it with the cluster's own algorithm. Localities come in the order of earliest
/// deadline first, one period of which is written down. Source: ENVOY §3 (locality-weighted), §4 (EDF).
/// </summary>
internal sealed class LocalityWeightedPicker(int[] sequence, LocalityWeightedPicker.Group[] groups) : Picker
{
    private int _turn = -1;

    /// <param name="Picker">Chooses within the locality.</param>
    /// <param name="Positions">Where the endpoints of the locality stand in the whole set.</param>
    public readonly record struct Group(Picker Picker, int[] Positions);

    public override int Pick(ref PickContext context)
    {
        var group = groups[sequence[(uint)Interlocked.Increment(ref _turn) % (uint)sequence.Length]];
        var index = group.Picker.Pick(ref context);
        return index < 0 ? index : group.Positions[index];
    }
}
