namespace Shop.Storefront;

/// <summary>Finds out what happened by comparing each snapshot of the shop with the one before.</summary>
internal sealed class EventLog(TimeProvider time)
{
    private const int Kept = 10;
    private readonly LinkedList<ShopEvent> _events = new();
    private ShopSnapshot? _previous;

    /// <summary>The latest events, newest first, after <paramref name="now"/> was looked at.</summary>
    public ShopEvent[] Observe(ShopSnapshot now)
    {
        if (_previous is null)
        {
            Add(Tone.Neutral, "The shop is open");
        }

        // Against an empty shop at first: only its problems, if it has any, are news then.
        Compare(_previous ?? new ShopSnapshot { ConfigVersion = now.ConfigVersion }, now);
        _previous = now;
        return [.. _events];
    }

    private void Compare(ShopSnapshot before, ShopSnapshot now)
    {
        foreach (var (was, isNow) in before.Instances.Join(now.Instances, i => i.Name, i => i.Name, (a, b) => (a, b)).Where(i => i.b.Service != "storefront"))
        {
            if (was.Running && !isNow.Running)
            {
                Add(Tone.Bad, $"{isNow.Name} (pid {was.Pid}) has ended and will start again");
            }
            else if (isNow.Running && (!was.Running || was.Pid != isNow.Pid))
            {
                Add(Tone.Good, $"{isNow.Name} runs again as pid {isNow.Pid}");
            }
        }

        foreach (var (was, isNow) in Endpoints(before).Join(Endpoints(now), i => i.Instance.Name, i => i.Instance.Name, (a, b) => (a, b)))
        {
            if (was.Ejected != isNow.Ejected)
            {
                Add(isNow.Ejected ? Tone.Bad : Tone.Good, isNow.Ejected
                    ? $"{isNow.Instance.Name} is out of rotation: it kept failing"
                    : $"{isNow.Instance.Name} is back in rotation");
            }
        }

        if (before.ConfigVersion != now.ConfigVersion)
        {
            Add(Tone.Good, $"Mesh configuration version {now.ConfigVersion} is in force");
        }

        foreach (var problem in now.Problems.Except(before.Problems))
        {
            Add(Tone.Bad, problem);
        }

        if (before.Problems.Count > 0 && now.Problems.Count == 0)
        {
            Add(Tone.Good, "The configuration has no more problems");
        }
    }

    private static IEnumerable<InstanceTraffic> Endpoints(ShopSnapshot snapshot) => snapshot.Services.SelectMany(s => s.Instances);

    private void Add(Tone tone, string text)
    {
        _events.AddFirst(new ShopEvent(time.GetLocalNow(), tone, text));
        if (_events.Count > Kept)
        {
            _events.RemoveLast();
        }
    }
}
