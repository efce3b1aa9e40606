using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching.Guests;

/// <summary>The programs of others that one simulated network starts; disposing ends all of them.</summary>
/// <param name="check">Whether each is run twice, to find out whether it is deterministic.</param>
public sealed class GuestPrograms(GuestLimits? limits = null, bool check = false) : IDisposable
{
    private readonly Dictionary<PeerId, GuestProcess[]> _processes = [];

    /// <returns>Null if the peer is one of ours.</returns>
    /// <exception cref="RefusedException">It has no program for virtual time, or that cannot be started.</exception>
    public IGuest? Start(PeerPlan peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        if (peer.Program is not { } program)
        {
            return null;
        }

        if (program.Stdio is not { } command)
        {
            throw new RefusedException(
                $"peer {peer.Id} is a program that talks over TCP only; give it \"stdio\", its command for virtual time");
        }

        // Of a peer that is started again the first program has ended, as far as its network knows.
        End(peer.Id);
        var processes = _processes[peer.Id] = [.. Enumerable.Range(0, check ? 2 : 1).Select(_ =>
            new GuestProcess(GuestLaunch.ProcessOf(program, command), limits ?? GuestLimits.Default))];
        return processes is [var first, var second] ? new CheckedGuest(first, second) : processes[0];
    }

    public void Dispose()
    {
        foreach (var peer in _processes.Keys.ToArray())
        {
            End(peer);
        }
    }

    private void End(PeerId peer)
    {
        if (_processes.Remove(peer, out var processes))
        {
            Array.ForEach(processes, process => process.Dispose());
        }
    }
}
