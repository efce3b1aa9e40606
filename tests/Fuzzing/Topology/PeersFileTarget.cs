using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Fuzzing.Topology;

/// <summary>
/// A <c>peers.json</c>: the plan has the peers that the slow rule finds, or there are errors; and what is written of a
/// plan is read as the same plan.
/// </summary>
public sealed class PeersFileTarget : IFuzzTarget
{
    public string Name => "peers-file";

    public byte[] Draw(SeededRandom random) => PeersFileDraw.Draw(random);

    public IReadOnlyList<byte[]> PartsOf(byte[] input) => [.. input.Chunk(1)];

    public void Check(byte[] input)
    {
        var (plan, problems) = PeersFile.Parse(input);
        var ids = SlowPeersFile.Ids(input);
        var said = string.Join('\n', problems);
        FuzzException.UnlessSame(ids is not null, plan is not null, $"is a network, with\n{said}\n");
        FuzzException.UnlessSame(
            plan is null, problems.Any(problem => problem.Severity == Severity.Error), "has errors");
        if (plan is null)
        {
            return;
        }

        FuzzException.UnlessSameList(ids!, plan.Peers.Select(peer => peer.Id.Value), "peers");
        var again = PeersFile.Parse(PeersFile.Write(plan));
        FuzzException.Unless(
            again.Plan is not null, $"what is written is no network: {string.Join('\n', again.Errors)}");
        FuzzException.UnlessSameList(plan.Peers, again.Plan!.Peers, "peers written and read");
        FuzzException.UnlessSame(plan.Defaults, again.Plan.Defaults, "defaults written and read");
    }
}
