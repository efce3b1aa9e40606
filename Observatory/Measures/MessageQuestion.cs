using System.Collections.Immutable;
using Blockchain.Events.Diagrams;
using Blockchain.Events.Messages;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Measures;

/// <summary>What the page of messages is asked to draw.</summary>
/// <param name="Subject">How the id of a block or transaction begins; empty: the slowest block.</param>
/// <param name="Span">Instead of a subject: all messages of so long a time before <paramref name="Until"/>.</param>
/// <param name="Until">Where the view stands.</param>
/// <param name="Peers">Only these, separated by commas; empty: all.</param>
/// <param name="ToPeer">Whose way is emphasised; empty: the slowest one's.</param>
internal sealed record MessageQuestion(string Subject, TimeSpan? Span, TimeSpan Until, string Peers, string ToPeer)
{
    /// <returns>The diagram, or in words why there is none.</returns>
    public (SpaceTimeDiagram? Diagram, string? Problem) Answer(MessageHistory history)
    {
        if (history.Arrows.Count == 0)
        {
            return (null, "No single messages were told.");
        }

        var peers = Peers.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(name => new PeerId(name)).ToImmutableArray();
        PeerId[] named = [.. peers, .. ToPeer.Length > 0 ? [new PeerId(ToPeer)] : Array.Empty<PeerId>()];
        if (named.FirstOrDefault(peer => !history.Peers.Contains(peer)) is { Value: { } unknown })
        {
            return (null, $"There is no peer {unknown}.");
        }

        var (selection, problem) = Select(history);
        PeerId? to = ToPeer.Length > 0 ? named[^1] : null;
        return selection is null
            ? (null, problem)
            : (SpaceTimeDiagram.Of(history, selection with { Peers = peers }, to), null);
    }

    private (MessageSelection? Selection, string? Problem) Select(MessageHistory history)
    {
        if (Span is { } span)
        {
            return (new MessageSelection { From = Until - span, To = Until }, null);
        }

        if (Subject.Length == 0)
        {
            return history.SlowestBlock() is { } slowest
                ? (new MessageSelection { Subject = slowest }, null)
                : (null, "No block was made since single messages are told that somebody else has got.");
        }

        Hash256[] found = [.. history.FindBlocks(Subject), .. history.FindTransactions(Subject)];
        return found.Length switch
        {
            0 => (null, $"No block and no transaction is told of whose id begins with \"{Subject}\"."),
            1 => (new MessageSelection { Subject = found[0] }, null),
            _ => (null, $"{found.Length} ids begin with \"{Subject}\"; write more of it."),
        };
    }
}
