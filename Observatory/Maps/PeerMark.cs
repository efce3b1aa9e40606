using Blockchain.Observatory.State;
using Blockchain.Shared;

namespace Blockchain.Observatory.Maps;

/// <summary>What a peer looks like; equal marks look the same.</summary>
/// <param name="Tip">Colour and letter of its tip; null: it has none.</param>
/// <param name="Relays">It has just passed on messages of others.</param>
/// <param name="BannedBy">How many peers have it on their blacklist.</param>
/// <param name="TipText">The begin of the tip's id.</param>
public sealed record PeerMark(
    PeerId Id,
    MapPoint Point,
    double Radius,
    PeerLook Look,
    bool Light,
    bool Nat,
    bool Malicious,
    bool CutOff,
    bool Relays,
    bool IsSelected,
    BlockMark? Tip,
    string? TipText,
    int Height,
    int BannedBy)
{
    /// <summary>For those who do not see it.</summary>
    public string Label
    {
        get
        {
            var words = new List<string>
            {
                $"Peer {Id}",
                (Light ? "light" : "full") + (Nat ? ", behind NAT" : ""),
                Look switch
                {
                    PeerLook.Up => "up",
                    PeerLook.Paused => "paused",
                    PeerLook.Down => "down",
                    _ => "not seen yet",
                },
            };
            if (Malicious)
            {
                words.Add("malicious");
            }

            if (CutOff)
            {
                words.Add("cut off");
            }

            if (Relays)
            {
                words.Add("relaying");
            }

            if (BannedBy > 0)
            {
                words.Add($"banned by {BannedBy}");
            }

            if (Tip is { } tip)
            {
                words.Add($"height {Height}, tip {tip.Letter} {TipText}");
            }

            return string.Join(", ", words);
        }
    }
}
