
namespace Blockchain.Shared.Topology;

/// <summary>What must hold within one entry or template.</summary>
internal static class PeerRules
{
    public static void Check(PeerDraft peer, ProblemList problems)
    {
        if (peer is { Nat: true, NetworkId: PeerInfo.NoNetwork })
        {
            problems.Error(
                peer.Path.At("localnetworkid"),
                "a peer behind NAT reaches no other peer without a network; name the network whose gateway relays "
                    + "for it, such as 1");
        }

        if (peer is { Malicious: { } malicious, Behaviour: { } behaviour }
            && malicious != (behaviour == Behaviours.FalseIds))
        {
            problems.Error(
                peer.Path.At("malicious"),
                $"contradicts \"behaviour\": \"{behaviour}\", since malicious means \"{Behaviours.FalseIds}\"; "
                + "remove one of them");
        }
        else if (peer is { Light: true } && (peer.Malicious is true || peer.Behaviour == Behaviours.FalseIds))
        {
            problems.Warning(
                peer.Path.At(peer.Malicious is true ? "malicious" : "behaviour"),
                "has no effect: a light peer makes no blocks, good or bad");
        }
    }

    /// <summary>Says nothing of what the entry only inherits.</summary>
    public static void CheckSettings(PeerDraft peer, PeerSettings inherited, ProblemList problems)
    {
        if (peer.Settings.Conditions.Problem is { } problem && inherited.Conditions.Problem is null)
        {
            problems.Error(peer.Path, problem);
        }

        if (GivesUpTooSoon(peer.Settings) && !GivesUpTooSoon(inherited))
        {
            problems.Warning(
                peer.Path.At("unreachableAfter"),
                $"is {Durations.Format(peer.Settings.UnreachableAfter)}; with a pingInterval of "
                + $"{Durations.Format(peer.Settings.PingInterval)} healthy peers will become UNREACHABLE; "
                + "make it longer than that");
        }
    }

    private static bool GivesUpTooSoon(PeerSettings settings) =>
        settings.PingInterval > TimeSpan.Zero && settings.UnreachableAfter <= settings.PingInterval;
}
