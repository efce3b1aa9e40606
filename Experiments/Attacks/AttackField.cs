using System.Net;
using System.Net.Sockets;
using Blockchain.Experiments.Wire;
using Blockchain.Launching;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Attacks;

/// <summary>Where attacks take place: the running nodes, and those who attack them.</summary>
internal sealed class AttackField(AttackPlan plan, LocalNetwork network)
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public AttackPlan Plan => plan;

    public IReadOnlyList<LocalNode> Victims { get; } =
        [.. network.Nodes.Where(node => plan.Running.Any(peer => peer.Id == node.Id))];

    /// <summary>Which attackers take part; the others do nothing.</summary>
    public Roles Roles { get; init; } = Roles.All;

    /// <summary>How many attacks go on at the same time, and the number of this one: each has its attackers.</summary>
    public (int Count, int Number) Share { get; init; } = (1, 0);

    public AttackField Part(int count, int number) =>
        new(plan, network) { Roles = Roles, Share = (count, number) };

    public IEnumerable<Attacker> Attackers(Roles roles) => plan.Attackers
        .Where(attacker => (roles & Roles & attacker.Role) != Roles.None)
        .GroupBy(attacker => attacker.Role)
        .SelectMany(role => role.Where((_, i) => i % Share.Count == Share.Number));

    /// <summary>
    /// Each attacker keeps connections with each node that it reaches and attacks on each; what breaks off begins anew.
    /// </summary>
    public Task OnEachLineAsync(Attack attack, CancellationToken stop) => Task.WhenAll(
        from attacker in Attackers(attack.By)
        from victim in Victims
        where attacker.Reaches(victim.Plan)
        from _ in Enumerable.Range(0, attack.Connections)
        select Task.Run(() => KeepUpAsync(attack, attacker, victim, stop), CancellationToken.None));

    private async Task KeepUpAsync(Attack attack, Attacker attacker, LocalNode victim, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await ConnectAsync(attack, attacker, victim, stop);
                await Task.Delay(Pause, stop);
            }
            catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException
                or OperationCanceledException)
            {
                // Closed by the node, or all is over.
                await Task.WhenAny(Task.Delay(Pause, stop));
            }
        }
    }

    private async Task ConnectAsync(Attack attack, Attacker attacker, LocalNode victim, CancellationToken stop)
    {
        var to = new IPEndPoint(IPAddress.Parse(victim.Plan.Info.Ip), victim.Plan.Info.Port);
        using var client = await WireClient.ConnectAsync(attacker.Address, to, stop);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var line = new AttackLine(this, attacker, victim, client);
        if (attacker.Role != Roles.Strangers)
        {
            await client.SendAsync(new Hello(attacker.Info, MessageId.Of(Guid.NewGuid())), stop);
        }

        var reading = attack.Reads
            ? client.ReadAsync(message => HearAsync(attack, line, message, end.Token), end.Token)
            : Task.Delay(Timeout.InfiniteTimeSpan, end.Token);
        var talking = TalkAsync(attack, line, end.Token);
        try
        {
            await await Task.WhenAny(reading, talking);
        }
        finally
        {
            await end.CancelAsync();
            client.Dispose();
            await EndAsync(reading, talking);
        }
    }

    /// <summary>Whichever of the two failed first has been told of; how the other one ends is no matter.</summary>
    private static async Task EndAsync(params Task[] tasks)
    {
        try
        {
            await Task.WhenAll(tasks);
        }
        catch (Exception error) when (error is SocketException or IOException or ObjectDisposedException
            or OperationCanceledException)
        {
            // Told of already.
        }
    }

    /// <summary>Who has said all stays, and answers.</summary>
    private static async Task TalkAsync(Attack attack, AttackLine line, CancellationToken end)
    {
        await attack.TalkAsync(line, end);
        await Task.Delay(attack.Stays ? Timeout.InfiniteTimeSpan : TimeSpan.Zero, end);
    }

    private static async Task HearAsync(Attack attack, AttackLine line, Message message, CancellationToken end)
    {
        if (message is Ping ping)
        {
            await line.SendAsync(new Pong(line.Me, ping.Timestamp, MessageId.Of(Guid.NewGuid())), end);
        }

        await attack.HeardAsync(line, message, end);
    }
}
