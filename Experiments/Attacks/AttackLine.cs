using Blockchain.Experiments.Wire;
using Blockchain.Launching;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Attacks;

/// <summary>One connection of one attacker to one node.</summary>
internal sealed class AttackLine(AttackField ground, Attacker attacker, LocalNode victim, WireClient client)
{
    public AttackField Ground => ground;

    public Attacker Attacker => attacker;

    public LocalNode Victim => victim;

    public PeerId Me => attacker.Info.Id;

    public Task SendAsync(Message message, CancellationToken stop) => client.SendAsync(message, stop);

    public Task SendAsync(ReadOnlyMemory<byte> text, CancellationToken stop) => client.SendAsync(text, stop);

    /// <summary>Sends each message once, so fast that the inbound limit just lets it pass.</summary>
    public async Task SendAtLimitAsync(IEnumerable<ReadOnlyMemory<byte>> lines, CancellationToken stop)
    {
        var limit = victim.Plan.Settings.InboundLimit;
        using var timer = limit.IsLimited ? new PeriodicTimer(limit.Window / limit.Messages) : null;
        foreach (var line in lines)
        {
            await SendAsync(line, stop);
            if (timer is not null)
            {
                await timer.WaitForNextTickAsync(stop);
            }
        }
    }

    /// <summary>Sends again and again what is made anew each time.</summary>
    public async Task RepeatAsync(TimeSpan pause, Func<IEnumerable<Message>> make, CancellationToken stop)
    {
        while (true)
        {
            foreach (var message in make())
            {
                await SendAsync(message, stop);
            }

            await Task.Delay(pause, stop);
        }
    }
}
