using System.Collections;
using System.Reflection;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Hostile;

public class SaltedIdsTests
{
    private const int Ids = 50_000;
    private const int Places = 65_536;

    /// <summary>
    /// Ids made to share what a table would take: whichever 32 bits of an id, and the low bits alone.
    /// </summary>
    [Theory]
    [InlineData(0)]
    [InlineData(8)]
    [InlineData(16)]
    [InlineData(24)]
    public void GetHashCode_IdsThatDifferInFourBytesOnly_AreSpread(int from)
    {
        var salted = new SaltedIds(new SeededRandom(7));
        var (low, high, short128) = (new int[Places], new int[Places], new int[Places]);
        var bytes = new byte[Hash256.ByteLength];
        for (var i = 1; i <= Ids; i++)
        {
            System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(from), i << 4);
            var id = new Hash256(bytes);
            low[salted.GetHashCode(id) & (Places - 1)]++;
            high[(uint)salted.GetHashCode(id) >> 16]++;
            short128[salted.GetHashCode(MessageId.Of(id)) & (Places - 1)] += from < 16 ? 1 : 0;
        }

        // By chance, the fullest of so many places has about eight.
        Assert.InRange(low.Max(), 1, 64);
        Assert.InRange(high.Max(), 1, 64);
        Assert.InRange(short128.Max(), 0, 64);
    }

    [Fact]
    public void GetHashCode_OfAnotherSalt_IsAnother()
    {
        var (one, other) = (new SaltedIds(new SeededRandom(1)), new SaltedIds(new SeededRandom(2)));
        var hashes = Enumerable.Range(0, 100).Select(i => Make.Hash($"{i}")).ToArray();
        Assert.InRange(hashes.Count(hash => one.GetHashCode(hash) == other.GetHashCode(hash)), 0, 1);
        Assert.All(hashes, hash => Assert.Equal(one.GetHashCode(hash), one.GetHashCode(hash)));
    }

    /// <summary>A table that is forgotten would be the one that is attacked.</summary>
    [Fact]
    public void EveryTableOfIds_InAPeer_IsSalted()
    {
        var bench = new PeerBench(Make.Quiet, Make.Infos(2)).Start();
        bench.ReceiveInv("p00", "x");
        bench.Receive("p00", Make.Block("a", "b", true, "t"));
        var light = new PeerBench(Make.Quiet, Make.Infos(2), Make.Info("self", light: true)).Start();
        light.ReceiveHeaders("p00", Make.Header("x"));

        var tables = new List<string>();
        Visit(bench.Peer, [], tables);
        Visit(light.Peer, [], tables);
        Assert.InRange(tables.Count, 15, 100);
    }

    private static void Visit(object? part, HashSet<object> seen, List<string> tables)
    {
        if (part is null or string or Type || part.GetType().IsPrimitive || part is Delegate
            || (!part.GetType().IsValueType && !seen.Add(part)))
        {
            return;
        }

        var type = part.GetType();
        if (type.IsGenericType && type.GetGenericArguments()[0] == typeof(Hash256)
            && type.GetProperty("Comparer") is { } comparer)
        {
            Assert.True(comparer.GetValue(part) is SaltedIds, $"{type} compares by the bits of ids.");
            tables.Add(type.Name);
        }

        if (part is IEnumerable items and (Array or IDictionary or IList))
        {
            foreach (var item in items)
            {
                Visit(item, seen, tables);
            }
        }

        const BindingFlags All = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;
        for (var level = type; IsOurs(level); level = level!.BaseType)
        {
            foreach (var field in level!.GetFields(All))
            {
                Visit(field.GetValue(part), seen, tables);
            }
        }
    }

    private static bool IsOurs(Type? type) =>
        type?.Namespace?.StartsWith("Blockchain", StringComparison.Ordinal) == true;
}
