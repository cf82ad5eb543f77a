using System.Runtime.CompilerServices;
using Mesh.Client.Transport;

namespace Mesh.Client.Tests.Transport;

[TestFixture]
public class WeakInternerTests
{
    private sealed record Value(int Number);

    [Test]
    public void Equal_values_are_one_object_while_somebody_holds_it()
    {
        var interner = new WeakInterner<Value>();
        var first = interner.Intern(new Value(1));

        Assert.That(interner.Intern(new Value(1)), Is.SameAs(first));
        Assert.That(interner.Intern(new Value(2)), Is.Not.SameAs(first));
        GC.Collect();
        Assert.That(interner.Intern(new Value(1)), Is.SameAs(first));
    }

    [Test]
    public void What_nobody_holds_is_forgotten()
    {
        var interner = new WeakInterner<Value>();
        var kept = interner.Intern(new Value(-1));
        for (var i = 0; i < 10_000; i += 100)
        {
            Fill(interner, i);
            GC.Collect();
        }

        Assert.That(interner.Count, Is.LessThan(1_000));
        Assert.That(interner.Intern(new Value(-1)), Is.SameAs(kept));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fill(WeakInterner<Value> interner, int from)
    {
        for (var i = from; i < from + 100; i++)
        {
            interner.Intern(new Value(i));
        }
    }
}
