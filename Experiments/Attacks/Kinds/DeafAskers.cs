using Blockchain.Shared.Wire;
using System.Collections.Concurrent;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Asks for all blocks and headers again and again, and never reads an answer.</summary>
internal sealed class DeafAskers : Attack
{
    private readonly ConcurrentDictionary<Hash256, bool> _blocks = new();

    public override string Name => "deaf-askers";

    public override string What => "ask for all blocks and headers, 20 times a second, and never read an answer";

    public override Roles By => Roles.Known;

    public override bool Reads => false;

    public override async Task RunAsync(AttackField field, CancellationToken stop)
    {
        foreach (var header in await field.Victims.First(node => !node.Plan.Info.Light).Client.BlocksAsync(stop))
        {
            if (Hash256.TryParse(System.Text.Encoding.ASCII.GetBytes(header.BlockId), out var id))
            {
                _blocks.TryAdd(id, true);
            }
        }

        await base.RunAsync(field, stop);
    }

    public override Task TalkAsync(AttackLine line, CancellationToken stop) => line.RepeatAsync(
        TimeSpan.FromMilliseconds(100),
        () =>
        [
            new GetBlock(line.Me, [.. _blocks.Keys], Material.NewId()),
            new GetBlockHeaders(line.Me, [], Material.NewId()),
        ],
        stop);
}
