using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching.Guests;

/// <summary>The programs of others that one simulated network starts; disposing ends all of them.</summary>
/// <param name="check">Whether each is run twice, to find out whether it is deterministic.</param>
public sealed class GuestPrograms(GuestLimits? limits = null, bool check = false) : IDisposable
{
    private readonly List<GuestProcess> _processes = [];

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

        return check ? new CheckedGuest(Start(program, command), Start(program, command)) : Start(program, command);
    }

    private GuestProcess Start(GuestProgram program, IReadOnlyList<string> command)
    {
        var process = new GuestProcess(GuestLaunch.ProcessOf(program, command), limits ?? GuestLimits.Default);
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        foreach (var process in _processes)
        {
            process.Dispose();
        }
    }
}
