using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Conversations;

/// <summary>When the attack is over, an honest neighbour's PING is answered and its block taken.</summary>
internal sealed class ConversationEnd(ConversationRun run)
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PongWithin = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan BlockWithin = TimeSpan.FromSeconds(10);

    private readonly List<(string To, Message Message)> _sent = [];
    private int _messages;

    public void Check()
    {
        run.SentLately = sent => _sent.AddRange(sent.Select(one => (one.NextHop.Value, one.Message)));
        run.Apply("pause", "value=false");
        run.Apply("cut-off", "value=false");
        run.Apply("malicious", "value=false");
        run.Apply("generate", "value=false");
        run.Apply("load", "tx=0");
        run.Apply("conditions", "loss=0", "latencyMin=10ms", "latencyMax=20ms");
        for (var rested = TimeSpan.Zero; rested < Rest; rested += Rest / 6)
        {
            run.Wait(Rest / 6);
            Honest(name => new Pong(new PeerId(name), run.Pinged.GetValueOrDefault(name), NextId()));
        }

        Honest(name => new Ping(new PeerId(name), 4.25, NextId()));
        Until(
            PongWithin, "an honest PING is not answered", () => ConversationSetup.Honest.All(
                name => _sent.Any(sent => sent.To == name && sent.Message is Pong { Timestamp: 4.25 })));

        var tip = run.Peer.Ledger.Chain.Tip?.Id ?? Hash256.Genesis;
        var block = run.World.Make(tip, []);
        Honest(name => new Inv(new PeerId(name), [block.Id], NextId()));
        Until(BlockWithin, "an honest block is not taken", () =>
        {
            // They have no other, whatever somebody says in their names.
            foreach (var asker in ConversationSetup.Honest.Where(name => IsAsked(name, block.Id)))
            {
                run.Deliver(asker, run.Peer.Info.Light
                    ? Wire.LineDraw.LineOf(new BlockHeaders(new PeerId(asker), [block.Header], NextId()))
                    : Wire.LineDraw.LineOf(block));
            }

            return run.Peer.Ledger.Chain.Contains(block.Id);
        });
    }

    private bool IsAsked(string name, Hash256 block) =>
        run.Asked.Remove(name, out var asked) && asked.Contains(block);

    private MessageId NextId() => new((UInt128)(++_messages));

    private void Honest(Func<string, Message> message)
    {
        foreach (var name in ConversationSetup.Honest)
        {
            run.Deliver(name, Wire.LineDraw.LineOf(message(name)));
        }
    }

    private void Until(TimeSpan longest, string problem, Func<bool> isDone)
    {
        for (var waited = TimeSpan.Zero; !isDone(); waited += Step)
        {
            FuzzException.Unless(waited < longest, problem);
            run.Wait(Step);
        }
    }
}
