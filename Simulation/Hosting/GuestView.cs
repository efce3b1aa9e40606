using Blockchain.Shared;
using Blockchain.Shared.Spreading;
using Blockchain.Shared.Wire;
using Blockchain.Trials.Evidence;

namespace Blockchain.Simulation.Hosting;

/// <summary>
/// What can be seen of a guest: its answer to GET_BLOCK_HEADERS. It is asked as any neighbour would ask it, so that it
/// need not have a second language in which it could say something else.
/// </summary>
internal sealed class GuestView
{
    /// <summary>More headers than any run has; who always has more makes them up.</summary>
    private const int MaxQuestions = 50;

    /// <summary>A guest recognises duplicates by the id of the question.</summary>
    private static readonly UInt128 QuestionIds = 0x6C6F_6F6B;

    private readonly Dictionary<Hash256, KnownBlock> _blocks = [];
    private ulong _questions;

    /// <returns>Null if it does not answer at once.</returns>
    public PeerReading? Read(SimulatedPeer guest, TimeSpan now, PeerId asker)
    {
        List<BlockHeader> chain = [];
        for (var i = 0; i < MaxQuestions; i++)
        {
            Hash256[] locator = chain.Count > 0 ? [chain[^1].Id] : [];
            var question = new GetBlockHeaders(asker, locator, new MessageId((QuestionIds << 64) | ++_questions));
            if (guest.Core.AskGuest(now, asker, question, MessageType.BlockHeaders) is not [BlockHeaders answer, ..])
            {
                return null;
            }

            var above = answer.Headers.SkipWhile(header => header.PreviousId != TipOf(chain)).ToArray();
            foreach (var header in answer.Headers)
            {
                var made = TimeSpan.FromSeconds(header.Timestamp);
                _blocks.TryAdd(header.Id, new KnownBlock(header.Id, header.Sender, made, now));
            }

            var before = chain.Count;
            foreach (var header in above.TakeWhile(header => header.PreviousId == TipOf(chain)))
            {
                chain.Add(header);
            }

            if (chain.Count == before || answer.Headers.Count < HeaderSync.MaxHeaders)
            {
                break;
            }
        }

        var tip = chain.Count > 0 ? chain[^1].Id : (Hash256?)null;
        return new PeerReading(guest.Id, chain.Count, tip)
        {
            Summary = $"a program of somebody else, height {chain.Count}, tip {tip?.ToString()[..8]}",
            Blocks = _blocks,
        };
    }

    private static Hash256 TipOf(List<BlockHeader> chain) => chain.Count > 0 ? chain[^1].Id : default;
}
