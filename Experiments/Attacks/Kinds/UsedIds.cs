using Blockchain.Shared.Wire;
using System.Collections.Concurrent;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>
/// Uses the message_id of each RELAY that passes by before the others see it, and names an honest newcomer, with an
/// address that it does not have, before it comes.
/// </summary>
internal sealed class UsedIds : Attack
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly ConcurrentQueue<Relay> _passed = new();

    public override string Name => "used-ids";

    public override string What => "use the message_id of every RELAY that they see first, and the name of a newcomer";

    public override Roles By => Roles.Known;

    public override Task HeardAsync(AttackLine line, Message message, CancellationToken stop)
    {
        if (message is Relay relay && _passed.Count < 10_000)
        {
            _passed.Enqueue(relay);
        }

        return Task.CompletedTask;
    }

    public override async Task TalkAsync(AttackLine line, CancellationToken stop)
    {
        var outsider = AttackPlan.Outsider with { Ip = AttackPlan.Nowhere(1) };
        await line.SendAsync(new PeerList(line.Me, [outsider], Material.NewId()), stop);
        var hello = new Hello(outsider, Material.NewId());
        await line.SendAsync(new Relay(outsider.Id, line.Victim.Id, hello, Material.NewId(), default), stop);
        await line.RepeatAsync(
            Pause,
            () => _passed.TakeLast(20).Select(relay => new Relay(
                relay.Sender,
                relay.Target,
                new Ping(relay.Sender, Material.Now, Material.NewId()),
                relay.Id,
                default)),
            stop);
    }
}
