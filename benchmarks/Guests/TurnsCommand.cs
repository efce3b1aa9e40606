using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using Blockchain.Launching.Guests;
using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Benchmarks.Guests;

/// <summary>How many turns a second a program of somebody else takes at most: each does nothing but answer.</summary>
internal static class TurnsCommand
{
    private const int Warmup = 1_000;

    private static readonly PeerId Neighbour = new("5005");

    /// <summary>Programs that do nothing, each in one line.</summary>
    private static readonly (string Name, string[] Command)[] Programs =
    [
        ("Python, a loop that looks at nothing", ["python3", "-c", """
            import sys
            for line in sys.stdin:
                sys.stdout.write('{"done": true}\n')
                sys.stdout.flush()
            """]),
        ("Python, a node of the kit that does nothing", ["python3", "-c", $"""
            import sys
            sys.path.insert(0, "{Path.Combine(Repository.Root, "kits", "python")}")
            sys.dont_write_bytecode = True
            sys.argv = ["node", "--stdio"]
            import kit
            kit.run(kit.Node)
            """]),
        ("JavaScript, a node of the kit that does nothing", ["node", "--input-type=module", "-e", $"""
            const kit = await import("{Path.Combine(Repository.Root, "kits", "javascript", "kit.mjs")}");
            kit.run(class extends kit.Node {"{}"});
            """, "--", "--stdio"]),
    ];

    public static Command Create()
    {
        var count = new Option<int>("--turns")
        {
            Description = "How many to measure", DefaultValueFactory = _ => 50_000,
        };
        var command = new Command("turns", "Measure how many turns a second programs of others take") { count };
        command.SetAction(parsed => Run(parsed.GetValue(count)));
        return command;
    }

    private static void Run(int count)
    {
        Console.WriteLine("| program | turns/s, each a PING |");
        Console.WriteLine("|---|---:|");
        foreach (var (name, program) in Programs)
        {
            using var guest = new GuestProcess(new ProcessStartInfo(program[0], program[1..])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            }, GuestLimits.Default);
            guest.Take(new GuestStarts(TimeSpan.Zero, Peer("6000"), [Peer("5005").Info], Seed: 1));
            Take(guest, Warmup);
            var watch = Stopwatch.StartNew();
            Take(guest, count);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"| {name} | {count / watch.Elapsed.TotalSeconds:N0} |"));
        }
    }

    private static void Take(GuestProcess guest, int count)
    {
        for (var i = 0; i < count; i++)
        {
            var ping = new Ping(Neighbour, i, new MessageId((UInt128)i));
            var answer = guest.Take(new GuestHears(TimeSpan.FromMilliseconds(i), Neighbour, ping));
            if (answer.Failure is { } failure)
            {
                throw new InvalidOperationException(failure);
            }
        }
    }

    private static PeerPlan Peer(string id) => new()
    {
        Info = new PeerInfo(new PeerId(id), "127.28.0.15", 5005, Nat: false, Light: false, PeerInfo.NoNetwork),
        Settings = new PeerSettings(),
    };
}
