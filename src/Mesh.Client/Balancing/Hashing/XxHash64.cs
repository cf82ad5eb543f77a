using System.Buffers.Binary;
using System.Numerics;

namespace Mesh.Client.Balancing;

/// <summary>
/// XXH64, the 64-bit xxHash. Source: the xxHash specification, version 0.2 (Collet), §XXH64; the hash of Envoy's balancers and hash policies,
/// so that both sides of a migration agree on who gets which key.
/// </summary>
internal static class XxHash64
{
    private const ulong Prime1 = 0x9E3779B185EBCA87;
    private const ulong Prime2 = 0xC2B2AE3D27D4EB4F;
    private const ulong Prime3 = 0x165667B19E3779F9;
    private const ulong Prime4 = 0x85EBCA77C2B2AE63;
    private const ulong Prime5 = 0x27D4EB2F165667C5;
    private const int Stripe = 32;

    public static ulong Hash(ReadOnlySpan<byte> input, ulong seed = 0)
    {
        var rest = input;
        ulong hash;
        if (rest.Length >= Stripe)
        {
            var (a, b, c, d) = (seed + Prime1 + Prime2, seed + Prime2, seed, seed - Prime1);
            while (rest.Length >= Stripe)
            {
                a = Round(a, BinaryPrimitives.ReadUInt64LittleEndian(rest));
                b = Round(b, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]));
                c = Round(c, BinaryPrimitives.ReadUInt64LittleEndian(rest[16..]));
                d = Round(d, BinaryPrimitives.ReadUInt64LittleEndian(rest[24..]));
                rest = rest[Stripe..];
            }

            hash = BitOperations.RotateLeft(a, 1) + BitOperations.RotateLeft(b, 7) + BitOperations.RotateLeft(c, 12) + BitOperations.RotateLeft(d, 18);
            hash = Merge(Merge(Merge(Merge(hash, a), b), c), d);
        }
        else
        {
            hash = seed + Prime5;
        }

        return Avalanche(Tail(hash + (ulong)input.Length, rest));
    }

    private static ulong Tail(ulong hash, ReadOnlySpan<byte> rest)
    {
        while (rest.Length >= 8)
        {
            hash ^= Round(0, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            hash = (BitOperations.RotateLeft(hash, 27) * Prime1) + Prime4;
            rest = rest[8..];
        }

        if (rest.Length >= 4)
        {
            hash ^= BinaryPrimitives.ReadUInt32LittleEndian(rest) * Prime1;
            hash = (BitOperations.RotateLeft(hash, 23) * Prime2) + Prime3;
            rest = rest[4..];
        }

        foreach (var value in rest)
        {
            hash ^= value * Prime5;
            hash = BitOperations.RotateLeft(hash, 11) * Prime1;
        }

        return hash;
    }

    private static ulong Avalanche(ulong hash)
    {
        hash = (hash ^ (hash >> 33)) * Prime2;
        hash = (hash ^ (hash >> 29)) * Prime3;
        return hash ^ (hash >> 32);
    }

    private static ulong Round(ulong lane, ulong input) => BitOperations.RotateLeft(lane + (input * Prime2), 31) * Prime1;

    private static ulong Merge(ulong hash, ulong lane) => ((hash ^ Round(0, lane)) * Prime1) + Prime4;
}
