using Blockchain.Conformance.Rules;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Conformance.Running;

/// <summary>One test that is to be run; without a test, a rule of which only the reason is to be told.</summary>
internal sealed record Job(Rule Rule, RuleTest? Test, Forms Form)
{
    private const string NodeName = "6000";

    public const string ChainMoved = "Its chain went on by itself meanwhile.";

    private static readonly IReadOnlyList<RuleTest?> NoTest = [null];

    /// <summary>All that are asked for.</summary>
    /// <param name="rules">Null: all.</param>
    public static IReadOnlyList<Job> All(IReadOnlySet<string>? rules, Forms form) =>
    [
        .. from rule in RuleBook.All
        where rules?.Contains(rule.Id) != false
        from test in rule.Tests.Count == 0 ? NoTest : rule.Tests
        select new Job(rule, test, form),
    ];

    /// <summary>Why it is not run; null: it is.</summary>
    public string? WhyNot => Test is null ? Rule.WhyNot ?? "There is no test of it."
        : !Test.Forms.HasFlag(Form) ? Test.WhyNotBoth ?? "It cannot be seen in this form."
        : null;

    /// <param name="running">The node, if it runs already; null: a fresh one is started.</param>
    public async Task<JobResult> RunAsync(
        Func<SeededRandom, ITestee> create, ulong seed, CancellationToken stop, PeerInfo? running = null)
    {
        if (Test is null || WhyNot is not null)
        {
            return Unknown(WhyNot!);
        }

        var random = new SeededRandom(seed ^ (ulong)StableHash(Rule.Id + Test.Name));
        await using var testee = create(random);
        var scene = SceneOf(testee, Test, random, running);
        var (verdict, reason, wasMalformed) = await RunAsync(scene, random.NextUInt64(), stop);
        return new JobResult(
            new RuleResult(Rule.Id, Test.Name, Rule.Sentence, verdict, reason, scene.Log),
            scene.Malformed.FirstOrDefault() ?? (wasMalformed ? reason : null));
    }

    private static async Task<(RuleVerdict Verdict, string Reason, bool WasMalformed)> RunAsync(
        Scene scene, ulong seed, CancellationToken stop)
    {
        try
        {
            await scene.RunAsync(seed, stop);
            return (RuleVerdict.Held, scene.Seen, false);
        }
        catch (BrokenRuleException broken)
        {
            return scene.NeedsStillChain && await scene.HasMovedAsync()
                ? (RuleVerdict.Unknown, ChainMoved, false)
                : (RuleVerdict.Broken, broken.Message, false);
        }
        catch (CannotTellException unknown)
        {
            return (RuleVerdict.Unknown, unknown.Message, false);
        }
        catch (TesteeFailedException failed)
        {
            return (failed.IsMalformed ? RuleVerdict.Unknown : RuleVerdict.Broken, failed.Message, failed.IsMalformed);
        }
    }

    private static Scene SceneOf(ITestee testee, RuleTest test, SeededRandom random, PeerInfo? running)
    {
        var node = running ?? Fresh(testee, test);
        List<Neighbour> players = [];
        foreach (var role in (IEnumerable<Role>)[Role.A, Role.B, Role.C, .. test.Others])
        {
            var number = players.Count + 1;
            var (playerIp, playerPort) = testee.Reserve(number);
            var id = running is null ? new PeerId($"{5000 + number}") : RunningNode.NewName();
            players.Add(new Neighbour(role, Roles.Info(role, id, playerIp, playerPort)));
        }

        var settings = test.Settings(Quiet);
        var plan = new NetworkPlan(
            players.Where(player => Roles.IsInFile(player.Role)).Select(player => player.Info).Prepend(node)
                .Select(info => new PeerPlan { Info = info, Settings = settings }),
            settings);
        return new Scene(testee, test, plan, players, random) { IsRunning = running is not null };
    }

    private static PeerInfo Fresh(ITestee testee, RuleTest test)
    {
        var (ip, port) = testee.Reserve(0);
        return test.Info(new PeerInfo(new PeerId(NodeName), ip, port, Nat: false, Light: false, PeerInfo.NoNetwork));
    }

    /// <summary>It makes nothing by itself, and simulates no bad network.</summary>
    private static PeerSettings Quiet { get; } = new()
    {
        BlockInterval = TimeSpan.Zero,
        TransactionInterval = TimeSpan.Zero,
        DropProbability = 0,
        Latency = default,
        Capacity = default,
    };

    public JobResult Unknown(string reason) =>
        new(new RuleResult(Rule.Id, Test?.Name ?? "", Rule.Sentence, RuleVerdict.Unknown, reason, []), null);

    /// <summary>FNV-1a: the same on every machine and in every run.</summary>
    private static uint StableHash(string text) =>
        text.Aggregate(2_166_136_261u, (hash, sign) => unchecked((hash ^ sign) * 16_777_619u));
}
