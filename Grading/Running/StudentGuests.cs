using Blockchain.Grading.Submissions;
using Blockchain.Launching.Guests;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;

namespace Blockchain.Grading.Running;

/// <summary>
/// The programs of one run: the student's in the sandbox, and those that the network of the scenario has itself.
/// Disposing ends all of them.
/// </summary>
/// <param name="isStudent">Which peers are the student's program.</param>
internal sealed class StudentGuests(Workshop workshop, Workpiece piece, Predicate<PeerPlan> isStudent) : IDisposable
{
    private readonly GuestPrograms _others = new();
    private readonly List<GuestProcess> _processes = [];

    public IGuest? Start(PeerPlan peer)
    {
        if (!isStudent(peer))
        {
            return _others.Start(peer);
        }

        var process = workshop.Sandbox.Start(FirstTurn.Of(piece), workshop.Sheet.Limits);
        _processes.Add(process);
        return process;
    }

    public void Dispose()
    {
        _processes.ForEach(process => process.Dispose());
        _others.Dispose();
    }
}
