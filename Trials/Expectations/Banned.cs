using Blockchain.Shared.Topology;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>
/// Some peers have banned others, or none of them. Who has to have banned somebody is who that one can connect to.
/// </summary>
/// <param name="IsBanned">False: nobody of them is to be banned.</param>
public sealed record Banned(PeerChoice Peers, PeerChoice By, bool IsBanned) : Expectation
{
    public override Need Needs => Need.Neighbours;

    public override IEnumerable<PeerChoice> About => [By];

    public override IEnumerable<PeerChoice> Named => [By, Peers];

    public override string Describe() => $"{Text(Peers)} {(IsBanned ? "" : "not ")}banned by {Text(By)}";

    public override Judgement Judge(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var peers = file.Chosen(Peers);
        var judges = file.Chosen(By);
        return file.Each(judges, reading =>
        {
            var self = judges.First(peer => peer.Id == reading.Id);
            var others = peers.Where(peer => peer.Id != self.Id);
            var wrong = (IsBanned
                    ? others.Where(peer => NetworkPlan.CanReach(peer.Info, self.Info)
                        && !reading.Banned.Contains(peer.Id))
                    : others.Where(peer => reading.Banned.Contains(peer.Id)))
                .Select(peer => peer.Id).ToArray();
            return wrong.Length == 0 ? null : $"has {(IsBanned ? "not " : "")}banned {string.Join(' ', wrong)}";
        });
    }
}
