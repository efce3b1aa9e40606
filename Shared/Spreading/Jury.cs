using Blockchain.Shared.Neighbours;

namespace Blockchain.Shared.Spreading;

/// <summary>
/// Whose word about a header counts at a light peer, and how much. Peers of the plan count each for itself. Names and
/// addresses cost little, so those who joined later count by their addresses, only after they have answered for some
/// minutes, and all together once only, as long as a full peer of the plan is there.
/// </summary>
internal sealed class Jury
{
    private const int WitnessesNeeded = 2;

    /// <summary>With so many, two of the plan will be found even if one of them keeps silent.</summary>
    private const int ManyOfThePlan = 3;

    private readonly PeerTable _table;
    private readonly int _needed;
    private readonly int _neededOfThePlan;

    /// <summary>No peer of the plan and no established one is left: then any peer that has answered counts.</summary>
    private readonly bool _takesAnybody;

    /// <summary>Full peers that can connect to us themselves: there are some.</summary>
    private readonly bool _hasFull;

    private Jury(PeerTable table)
    {
        _table = table;
        var planned = 0;
        HashSet<string> established = [];
        HashSet<string> others = [];
        foreach (var peer in table.All)
        {
            if (IsNearAndFull(peer))
            {
                planned += peer.IsPlanned ? 1 : 0;
                if (!peer.IsPlanned && planned < WitnessesNeeded)
                {
                    (peer.IsEstablished ? established : others).Add(peer.Info.Ip);
                }
            }
        }

        _takesAnybody = planned + established.Count == 0;
        var witnesses = planned + (_takesAnybody ? others : established).Count;
        _hasFull = witnesses > 0;
        _needed = Math.Clamp(witnesses, 1, WitnessesNeeded);
        _neededOfThePlan = planned >= ManyOfThePlan ? WitnessesNeeded : Math.Min(planned, 1);
        Assertions.That(_neededOfThePlan <= _needed, "There are as many as must agree.");
    }

    public static Jury Of(PeerTable table) => new(table);

    /// <summary>Whether its word counts at all. Where one word is enough, it is not that of a light peer.</summary>
    public bool Admits(RemotePeer peer) =>
        (peer.IsEstablished || _takesAnybody) && (!peer.Info.Light || _needed > 1 || !_hasFull);

    /// <summary>
    /// Whether it is asked what it has: best a full peer that answers itself, since all that a relay brings is one
    /// word.
    /// </summary>
    public bool IsAsked(RemotePeer peer) =>
        !peer.Info.Light && (!_hasFull || (_table.CanReach(peer) && Admits(peer)));

    /// <param name="witnesses">Neighbours that said the same.</param>
    public bool Believes(IEnumerable<RemotePeer> witnesses)
    {
        var planned = 0;
        HashSet<string>? addresses = null;
        foreach (var peer in witnesses)
        {
            if (peer.IsBanned || peer.IsForgotten || !Admits(peer))
            {
                continue;
            }

            if (peer.IsPlanned)
            {
                planned++;
            }
            else
            {
                (addresses ??= []).Add(peer.Info.Ip);
            }
        }

        var others = addresses?.Count ?? 0;
        return planned >= _neededOfThePlan
            && planned + (_neededOfThePlan > 0 ? Math.Min(others, 1) : others) >= _needed;
    }

    private bool IsNearAndFull(RemotePeer peer) => peer.IsUsable && !peer.Info.Light && _table.CanReach(peer);
}
