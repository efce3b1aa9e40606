using System.Text;
using Blockchain.Launching;
using Blockchain.Launching.Guests.Sandboxing;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;

namespace Blockchain.Grading.Submissions;

/// <summary>
/// A program that does not get through its first turn gets through no check either; that is found out once, not in
/// each.
/// </summary>
internal static class FirstTurn
{
    private const int Attempts = 2;

    /// <returns>Null if it answers.</returns>
    public static string? WhyNot(Workshop workshop, Workpiece piece)
    {
        var plan = PeersFile.Parse(Encoding.UTF8.GetBytes(
            """
            {"peers": {"5000": {"ip": "127.0.0.2", "port": 5000}, "6000": {"ip": "127.0.0.3", "port": 6000}}}
            """)).Plan!;
        var (other, self) = (plan.Peers[0], plan.Peers[1]);
        string? why = null;

        // A machine may be too busy once.
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            try
            {
                using var process = workshop.Sandbox.Start(Of(piece), workshop.Sheet.Limits);
                why = process.Take(new GuestStarts(TimeSpan.FromSeconds(1_000_000), self, [other.Info], 1)).Failure;
            }
            catch (RefusedException refused)
            {
                why = refused.Message;
            }

            if (why is null)
            {
                return null;
            }
        }

        return $"it does not get through its first turn: {why}";
    }

    public static ConfinedProgram Of(Workpiece piece) =>
        new(piece.Submission.Stdio, piece.Folder) { Environment = piece.Submission.Environment };
}
