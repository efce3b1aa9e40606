using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>
/// Each chosen peer has certain blocks or transactions. A light peer keeps the headers of blocks and no transactions,
/// so that it is not asked for those.
/// </summary>
/// <param name="What">
/// <see cref="Blocks"/> or <see cref="Transactions"/>: all that honest peers made; otherwise the name of a step.
/// </param>
public sealed record Everywhere(string What, PeerChoice Of) : Expectation
{
    public const string Blocks = "blocks";
    public const string Transactions = "transactions";

    public override Need Needs => Need.Blocks | Need.Transactions;

    public override IEnumerable<PeerChoice> About => [Of];

    public override string Describe() =>
        $"{(What is Blocks or Transactions ? $"all {What} of honest peers" : $"\"{What}\"")} everywhere "
        + $"in {Text(Of)}{SinceText}";

    public override Judgement Judge(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var chosen = file.Chosen(Of);
        var (blocks, transactions) = Wanted(file, chosen);
        if (blocks.Count + transactions.Count == 0)
        {
            return Judgement.CouldNotBeTold("there are none");
        }

        return file.Each(chosen, reading =>
        {
            var peer = chosen.First(one => one.Id == reading.Id);
            var missing = blocks.Where(id => !reading.Blocks.ContainsKey(id)).ToArray();
            var unheard = peer.Info.Light ? [] : transactions.Where(id => !reading.HasTransaction(id)).ToArray();
            return (missing.Length, unheard.Length) switch
            {
                (0, 0) => null,
                (_, 0) => $"lacks {Name(missing, "block")}",
                (0, _) => $"lacks {Name(unheard, "transaction")}",
                _ => $"lacks {Name(missing, "block")} and {Name(unheard, "transaction")}",
            };
        });
    }

    private static string Name(Hash256[] ids, string what) =>
        ids.Length == 1 ? $"{what} {Short(ids[0])}" : $"{ids.Length} {what}s, such as {Short(ids[0])}";

    private static string Short(Hash256 id) => id.ToString()[..8];

    private (IReadOnlyCollection<Hash256> Blocks, IReadOnlyCollection<Hash256> Transactions) Wanted(
        CaseFile file, IReadOnlyList<PeerPlan> chosen)
    {
        if (What is not (Blocks or Transactions))
        {
            return file.Mark(What) is { } mark ? Split(file, mark.Made) : ([], []);
        }

        // Without a moment all of them, also those that are older than the scenario.
        var from = Since is null ? TimeSpan.MinValue : file.TimeOf(Since);
        var honest = file.Honest;
        if (What == Transactions)
        {
            return ([], [.. file.History.OfType<TransactionMade>()
                .Where(made => made.Time >= from && honest.Contains(made.Peer))
                .Select(made => made.Transaction).Distinct()]);
        }

        // Who made a block has it in its tree, and so it needs no event that may have been missed.
        return ([.. chosen.Select(peer => file.Of(peer.Id)).OfType<PeerReading>()
            .SelectMany(reading => reading.Blocks.Values)
            .Where(block => block.Made >= from && honest.Contains(block.Maker))
            .Select(block => block.Id).Distinct()], []);
    }

    private static (IReadOnlyCollection<Hash256>, IReadOnlyCollection<Hash256>) Split(
        CaseFile file, IReadOnlyList<Hash256> made)
    {
        var blocks = file.History.OfType<BlockMade>().Select(block => block.Block).ToHashSet();
        return ([.. made.Where(blocks.Contains)], [.. made.Where(id => !blocks.Contains(id))]);
    }
}
