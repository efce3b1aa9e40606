using System.Text;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Neighbours;

/// <summary>
/// The addresses that a peer knows, by Bitcoin's rules (Bitcoin Core, src/addrman.cpp; E. Heilman, A. Kendler, A. Zohar
/// and S. Goldberg, "Eclipse attacks on Bitcoin's peer-to-peer network", USENIX Security 2015): those that others have
/// told, and those that have answered. Where an address may stand follows from a secret, its group and who told it, so
/// that the addresses of one group, or told by one, fill only a small part of either table.
/// </summary>
/// <param name="random">The secret is drawn from it, and nothing else.</param>
public sealed class AddressTable(SeededRandom random)
{
    /// <summary>ADDRMAN_NEW_BUCKET_COUNT.</summary>
    internal const int NewBuckets = 1024;

    /// <summary>ADDRMAN_TRIED_BUCKET_COUNT.</summary>
    internal const int TriedBuckets = 256;

    /// <summary>ADDRMAN_NEW_BUCKETS_PER_SOURCE_GROUP: in how many buckets the addresses are that one group tells.</summary>
    internal const int NewBucketsOfInformants = 64;

    /// <summary>ADDRMAN_TRIED_BUCKETS_PER_GROUP: in how many buckets the addresses of one group are.</summary>
    internal const int TriedBucketsOfGroup = 8;

    /// <summary>ADDRMAN_NEW_BUCKETS_PER_ADDRESS: in how many places one address is.</summary>
    internal const int PlacesOfAddress = 8;

    /// <summary>ADDRMAN_RETRIES: after so many failures a new address makes room for another one.</summary>
    private const int Retries = 3;

    /// <summary>AddrInfo::GetChance: how much less an address is chosen for each failure, and for how many.</summary>
    private const double ChanceAfterFailure = 0.66;

    private const int CountedFailures = 8;

    /// <summary>AddrManImpl::Select_: how much more an address is chosen after each that was not.</summary>
    private const double MoreEachTime = 1.2;

    /// <summary>MAX_PCT_ADDR_TO_SEND of src/net_processing.cpp: what is told to one who asks.</summary>
    private const int ToldPercent = 23;

    private readonly SipHash _hash = new(random.NextUInt64(), random.NextUInt64());
    private readonly AddressBuckets _new = new(NewBuckets);
    private readonly AddressBuckets _tried = new(TriedBuckets);

    // An informant that lies about a name's address does not keep out the true one.
    private readonly Dictionary<(PeerId, string), KnownAddress> _known = [];

    /// <summary>Addresses that others have told, and that have not answered.</summary>
    public int New => _known.Count - Tried;

    /// <summary>Addresses that have answered.</summary>
    public int Tried => _tried.Count;

    /// <summary>The /16 of an address, Bitcoin's group; null if it is none of IPv4.</summary>
    internal static int? GroupOf(string ip) => Ipv4.TryParse(ip, out var address) ? (int)(address.Value >> 16) : null;

    /// <summary>Notes what an informant says. The place that it would have may be taken: then it is not noted.</summary>
    /// <param name="informant">The informant's own address.</param>
    /// <param name="draw">Decides whether an address gets a further place, the less often the more it has.</param>
    internal void Add(PeerInfo info, string informant, SeededRandom draw)
    {
        if (GroupOf(info.Ip) is not { } group || GroupOf(informant) is not { } told)
        {
            return;
        }

        var known = _known.GetValueOrDefault((info.Id, info.Ip));
        if (known is { IsTried: true } || known?.NewPlaces >= PlacesOfAddress
            || (known is { NewPlaces: var places } && draw.Next(1 << places) != 0))
        {
            return;
        }

        Put(known ?? new KnownAddress(info, group), told);
    }

    /// <summary>It has answered. One whose place among those that have answered it needs is new again.</summary>
    internal void Answered(PeerInfo info)
    {
        if (!_known.TryGetValue((info.Id, info.Ip), out var known))
        {
            return;
        }

        known.Failures = 0;
        if (known.IsTried)
        {
            return;
        }

        foreach (var place in _new.PlacesOf(known))
        {
            _new.Clear(place);
        }

        (known.NewPlaces, known.IsTried) = (0, true);
        var triedPlace = PlaceOf(known, 'K', TriedBucketOf(known));
        if (_tried[triedPlace] is { } evicted)
        {
            _tried.Clear(triedPlace);
            evicted.IsTried = false;
            MakeRoom(PlaceOf(evicted, 'N', NewBucketOf(evicted, evicted.Group)));
            Put(evicted, evicted.Group);
        }

        _tried.Put(triedPlace, known);
        Check();
    }

    /// <summary>It has not answered to an attempt.</summary>
    internal void Failed(PeerInfo info)
    {
        if (_known.TryGetValue((info.Id, info.Ip), out var known))
        {
            known.Failures++;
        }
    }

    /// <summary>
    /// An address to try: one that has answered or a new one, with the same chance, and of these each place alike,
    /// less often after failures.
    /// </summary>
    /// <returns>Null: it knows none.</returns>
    internal PeerInfo? Draw(SeededRandom draw)
    {
        if (_known.Count == 0)
        {
            return null;
        }

        var table = _tried.Count == 0 || (_new.Count > 0 && draw.Chance(0.5)) ? _new : _tried;
        for (var more = 1.0; ; more *= MoreEachTime)
        {
            var address = table.Draw(draw);
            var chance = more;
            for (var i = 0; i < Math.Min(address.Failures, CountedFailures); i++)
            {
                chance *= ChanceAfterFailure;
            }

            if (address.Failures == 0 || draw.Chance(chance))
            {
                return address.Info;
            }
        }
    }

    /// <summary>What it tells one who asks: a random part of what it knows.</summary>
    /// <param name="most">No more than so many.</param>
    internal IReadOnlyList<PeerInfo> Sample(SeededRandom draw, int most)
    {
        PeerInfo[] all = [.. _known.Values.Select(known => known.Info)];
        var count = Math.Min(most, ((ToldPercent * all.Length) + 99) / 100);
        draw.ShuffleFront(all, count);
        return all[..count];
    }

    internal int TriedBucketOf(KnownAddress address)
    {
        var part = Hash('t', IdOf(address)) % TriedBucketsOfGroup;
        return (int)(Hash('T', $"{address.Group}/{part}") % TriedBuckets);
    }

    /// <param name="told">The informant's group.</param>
    internal int NewBucketOf(KnownAddress address, int told)
    {
        var part = Hash('n', $"{address.Group}/{told}") % NewBucketsOfInformants;
        return (int)(Hash('B', $"{told}/{part}") % NewBuckets);
    }

    private void Put(KnownAddress address, int told)
    {
        var place = PlaceOf(address, 'N', NewBucketOf(address, told));
        if (_new[place] is { } other && (other == address || !GivesWay(other, address)))
        {
            return;
        }

        MakeRoom(place);
        _new.Put(place, address);
        address.NewPlaces++;
        _known[(address.Info.Id, address.Info.Ip)] = address;
        Check();
    }

    private static bool GivesWay(KnownAddress other, KnownAddress address) =>
        other.Failures >= Retries || (other.NewPlaces > 1 && address.NewPlaces == 0);

    private void MakeRoom(int place)
    {
        if (_new[place] is not { } other)
        {
            return;
        }

        _new.Clear(place);
        other.NewPlaces--;
        if (other.NewPlaces == 0)
        {
            _known.Remove((other.Info.Id, other.Info.Ip));
        }
    }

    private int PlaceOf(KnownAddress address, char table, int bucket) => (bucket * AddressBuckets.BucketSize)
        + (int)(Hash(table, $"{bucket}/{IdOf(address)}") % AddressBuckets.BucketSize);

    private static string IdOf(KnownAddress address) => $"{address.Info.Ip}:{address.Info.Port}/{address.Info.Id}";

    /// <param name="purpose">So that what is hashed for one purpose says nothing of another.</param>
    private ulong Hash(char purpose, string text) => _hash.Of(Encoding.UTF8.GetBytes(purpose + text));

    private void Check()
    {
        Assertions.That(_tried.Count <= _known.Count, "An address stands in one place of those that have answered.");
        Assertions.That(
            _new.Count <= PlacesOfAddress * New, "A new address stands in no more places than it may have.");
        Assertions.That(
            _new.Count <= NewBuckets * AddressBuckets.BucketSize && Tried <= TriedBuckets * AddressBuckets.BucketSize,
            "What others can make us remember is bounded.");
    }
}
