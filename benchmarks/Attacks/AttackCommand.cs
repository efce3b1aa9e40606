using Blockchain.Experiments.Attacks;
using Blockchain.Shared.Topology;

namespace Blockchain.Benchmarks.Attacks;

/// <summary>
/// <c>attack [--only NAME,NAME] [--by strangers,newcomers,peers] [--for 20s] [--file peers.json] [--out FILE.md]</c>: a
/// network of processes under one attack after the other, each on a network of its own, and a table of what held.
/// </summary>
internal static class AttackCommand
{
    private const int Success = 0;
    private const int Failure = 1;
    private const int Refused = 2;

    public static async Task<int> RunAsync(string[] arguments)
    {
        if (arguments is ["--list"])
        {
            foreach (var attack in AttackCatalogue.All())
            {
                Console.WriteLine($"{attack.Name,-20} attackers {attack.What}");
            }

            return Success;
        }

        if (!AttackOptions.TryRead(arguments, out var options, out var mistake))
        {
            await Console.Error.WriteLineAsync(mistake);
            return Refused;
        }

        var plan = PeersFile.Parse(await File.ReadAllBytesAsync(options.File)).Plan;
        if (plan is null)
        {
            await Console.Error.WriteLineAsync($"{options.File} has mistakes; `Lab check` names them.");
            return Refused;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            pressed.Cancel = true;
            stop.Cancel();
        };
        return await MeasureAsync(plan.OnLoopback(), options, stop.Token);
    }

    private static async Task<int> MeasureAsync(NetworkPlan plan, AttackOptions options, CancellationToken stop)
    {
        var run = new AttackRun(plan, options.Time);
        var usual = await run.RunAsync(attack: null, Roles.None, stop);
        var promises = new Promises(usual);
        await PrintAsync(options, AttackTable.Head);
        await PrintAsync(options, "none", Roles.None, usual, promises);
        var broken = false;
        foreach (var attack in options.Attacks)
        {
            var by = attack.By & options.By;
            if (by != Roles.None)
            {
                var figures = await run.RunAsync(attack, by, stop);
                await PrintAsync(options, attack.Name, by, figures, promises);
                broken |= promises.Broken(figures).Any();
            }
        }

        return broken ? Failure : Success;
    }

    private static async Task PrintAsync(
        AttackOptions options, string name, Roles by, AttackFigures figures, Promises promises)
    {
        await PrintAsync(options, AttackTable.Row(name, by, figures, promises));
        foreach (var chain in figures.Chains)
        {
            await Console.Error.WriteLineAsync($"  {chain}");
        }
    }

    private static async Task PrintAsync(AttackOptions options, string line)
    {
        Console.WriteLine(line);
        if (options.Out is { } file)
        {
            await File.AppendAllTextAsync(file, line + Environment.NewLine);
        }
    }
}
