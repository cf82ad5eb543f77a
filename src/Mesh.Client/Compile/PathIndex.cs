// hot path
using System.Runtime.CompilerServices;
using Mesh.Model;

namespace Mesh.Client.Compile;

/// <summary>
/// Finds the rules whose path condition can hold, without trying the others. Exact paths sit in a hash table, prefixes in a compressed trie
/// (Morrison, PATRICIA, 1968), everything else in a list that is always tried. Each place holds rule numbers in ascending order; the matcher merges
/// those few lists and so still tries rules in the order in which they were written. The cost grows with the length of the path, not with the number of rules.
/// </summary>
internal sealed class PathIndex
{
    private readonly Dictionary<string, int[]>.AlternateLookup<ReadOnlySpan<char>> _exact;
    private readonly Node _root;
    private readonly int[] _always;

    private PathIndex(Dictionary<string, int[]> exact, Node root, int[] always)
    {
        _exact = exact.GetAlternateLookup<ReadOnlySpan<char>>();
        _root = root;
        _always = always;
    }

    public static PathIndex Build(CompiledCandidate[] candidates)
    {
        var exact = new Dictionary<string, List<int>>(StringComparer.Ordinal);
        var root = new Node("");
        var always = new List<int>();
        for (var i = 0; i < candidates.Length; i++)
        {
            var path = candidates[i].Match.Path;
            switch (path)
            {
                case { Kind: MatchKind.Exact, IgnoreCase: false }:
                    if (!exact.TryGetValue(path.Value, out var rules))
                    {
                        exact.Add(path.Value, rules = []);
                    }

                    rules.Add(i);
                    break;
                case { Kind: MatchKind.Prefix, IgnoreCase: false }:
                    root.Insert(path.Value, i);
                    break;
                case { Kind: MatchKind.PathSeparatedPrefix, IgnoreCase: false }:
                    // The boundary after the prefix is checked by the candidate itself.
                    root.Insert(path.Value.TrimEnd('/'), i);
                    break;
                default:
                    always.Add(i);
                    break;
            }
        }

        root.Freeze();
        var frozen = new Dictionary<string, int[]>(exact.Count, StringComparer.Ordinal);
        foreach (var (path, rules) in exact)
        {
            frozen.Add(path, [.. rules]);
        }

        return new PathIndex(frozen, root, [.. always]);
    }

    /// <summary>The first candidate, in written order, that matches; −1 when none does.</summary>
    public int Match(CompiledCandidate[] candidates, in RequestView request)
    {
        var lists = default(Lists);
        var count = 0;
        Add(ref lists, ref count, _always);
        if (_exact.TryGetValue(request.Path, out var exact))
        {
            Add(ref lists, ref count, exact);
        }

        // Every node on the way down is a prefix of the path.
        var node = _root;
        var rest = request.Path;
        while (true)
        {
            if (!Add(ref lists, ref count, node.Rules))
            {
                return Scan(candidates, request);
            }

            if (rest.IsEmpty || !node.TryGetChild(rest[0], out var child) || !rest.StartsWith(child.Label, StringComparison.Ordinal))
            {
                break;
            }

            rest = rest[child.Label.Length..];
            node = child;
        }

        // Merge: take the smallest number among the heads, try it, go on.
        Span<int> heads = stackalloc int[Lists.Capacity];
        heads.Clear();
        while (true)
        {
            var best = int.MaxValue;
            var bestList = -1;
            for (var i = 0; i < count; i++)
            {
                var list = lists[i];
                if (heads[i] < list.Length && list[heads[i]] < best)
                {
                    best = list[heads[i]];
                    bestList = i;
                }
            }

            if (bestList < 0)
            {
                return -1;
            }

            if (candidates[best].Match.IsMatch(request))
            {
                return best;
            }

            heads[bestList]++;
        }
    }

    private static bool Add(ref Lists lists, ref int count, int[] rules)
    {
        if (rules.Length == 0)
        {
            return true;
        }

        if (count == Lists.Capacity)
        {
            return false;
        }

        lists[count++] = rules;
        return true;
    }

    /// <summary>More nested prefixes than the merge holds: correct, and slower. It takes a path below 15 prefixes of each other.</summary>
    private static int Scan(CompiledCandidate[] candidates, in RequestView request)
    {
        for (var i = 0; i < candidates.Length; i++)
        {
            if (candidates[i].Match.IsMatch(request))
            {
                return i;
            }
        }

        return -1;
    }

    [InlineArray(Capacity)]
    private struct Lists
    {
        public const int Capacity = 16;
        private int[] _first;
    }

    private sealed class Node(string label)
    {
        private readonly SortedList<char, Node> _building = [];
        private List<int>? _rules;
        private char[] _keys = [];
        private Node[] _children = [];

        public string Label { get; private set; } = label;

        public int[] Rules { get; private set; } = [];

        public bool TryGetChild(char first, out Node child)
        {
            var index = _keys.Length <= 4 ? _keys.AsSpan().IndexOf(first) : _keys.AsSpan().BinarySearch(first);
            child = index >= 0 ? _children[index] : this;
            return index >= 0;
        }

        public void Insert(ReadOnlySpan<char> rest, int rule)
        {
            if (rest.IsEmpty)
            {
                (_rules ??= []).Add(rule);
                return;
            }

            if (!_building.TryGetValue(rest[0], out var child))
            {
                _building.Add(rest[0], child = new Node(rest.ToString()));
                child.Insert([], rule);
                return;
            }

            var common = rest.CommonPrefixLength(child.Label);
            if (common < child.Label.Length)
            {
                // Split the edge where the texts part.
                var upper = new Node(child.Label[..common]);
                child.Label = child.Label[common..];
                upper._building.Add(child.Label[0], child);
                _building[rest[0]] = upper;
                child = upper;
            }

            child.Insert(rest[common..], rule);
        }

        public void Freeze()
        {
            Rules = _rules?.ToArray() ?? [];
            _keys = [.. _building.Keys];
            _children = [.. _building.Values];
            foreach (var child in _children)
            {
                child.Freeze();
            }
        }
    }
}
