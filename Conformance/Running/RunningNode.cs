using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Conformance.Running;

/// <summary>
/// A node that somebody else has started, and what is known of it: what it says itself. Each test comes to it as
/// newcomers with names and addresses that it has never seen, so that bans and memories of earlier tests mean nothing.
/// </summary>
internal sealed class RunningNode(PeerInfo info, ulong seed)
{
    /// <summary>
    /// What looks broken is tried again: something in a network that lives may have come between.
    /// </summary>
    private const int TriesUntilBroken = 2;

    private const int MostTries = 3;
    private const string Gone = "The node answers nobody any more.";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);
    private static readonly TimeSpan HelloPatience = TimeSpan.FromSeconds(3);

    private int _isGone;

    /// <summary>A name that no run has used before.</summary>
    public static PeerId NewName() => new($"{Random.Shared.NextInt64(1_000_000_000, 10_000_000_000)}");

    /// <summary>Says HELLO as a newcomer, and hears who is there.</summary>
    /// <returns>Null: it says nothing.</returns>
    public static async Task<PeerInfo?> MeetAsync(IPEndPoint address, CancellationToken stop)
    {
        await using var testee = new TcpTestee(start: null);
        var (ip, port) = testee.Reserve(1);
        var newcomer = new Neighbour(Role.Newcomer, Roles.Info(Role.Newcomer, NewName(), ip, port));
        var node = new PeerInfo(
            new PeerId("unknown"), address.Address.ToString(), address.Port, Nat: false, Light: false,
            PeerInfo.NoNetwork);
        await testee.StartAsync(new NetworkPlan([new PeerPlan { Info = node }]), [newcomer], 0, stop);
        var lines = new Lines(new SeededRandom((ulong)Random.Shared.NextInt64()), () => testee.Now);
        try
        {
            await testee.SayAsync(newcomer, lines.Hello(newcomer.Info));
            var (greeted, hello) = await HearAsync(testee, node, "HELLO", HelloPatience);
            if (hello)
            {
                return greeted;
            }

            // HELLO is a rule like others, and it may break that one.
            await testee.SayAsync(newcomer, lines.Ping(newcomer.Id));
            return greeted ?? (await HearAsync(testee, node, "PONG", Patience)).Node;
        }
        catch (TesteeFailedException)
        {
            return null;
        }
    }

    public async Task<JobResult> RunAsync(Job job, CancellationToken stop)
    {
        if (job.WhyNot is not null || job.Test is null)
        {
            return job.Unknown(job.WhyNot!);
        }

        if (job.Test.WhyNotRunning is { } reason)
        {
            return job.Unknown($"It {reason}.");
        }

        var (tries, broken) = (0, 0);
        while (true)
        {
            if (Volatile.Read(ref _isGone) != 0)
            {
                return job.Unknown(Gone);
            }

            var result = await job.RunAsync(_ => new TcpTestee(start: null), seed + (ulong)tries++, stop, info);
            var isBroken = result.Result.Verdict == RuleVerdict.Broken;
            broken += isBroken ? 1 : 0;
            if (isBroken && await MeetAsync(Address, stop) is null)
            {
                return Interlocked.Exchange(ref _isGone, 1) == 0
                    ? With(result, RuleVerdict.Broken, $"{result.Result.Reason} Since then it answers nobody any more.")
                    : job.Unknown(Gone);
            }

            var isDoubtful = isBroken && job.Test.Doubt is not null;
            if (isBroken && !isDoubtful && broken == TriesUntilBroken)
            {
                return result;
            }

            var mayBeOtherwise = isBroken || result.Result.Reason == Job.ChainMoved;
            if (!mayBeOtherwise || tries == MostTries)
            {
                return isBroken
                    ? With(result, RuleVerdict.Unknown, $"{result.Result.Reason} {job.Test.Doubt}".TrimEnd())
                    : result;
            }
        }
    }

    private IPEndPoint Address => new(IPAddress.Parse(info.Ip), info.Port);

    private static JobResult With(JobResult result, RuleVerdict verdict, string reason) =>
        result with { Result = result.Result with { Verdict = verdict, Reason = reason } };

    /// <returns>What it says of itself, as far as anything has come; and whether it was what was waited for.</returns>
    private static async Task<(PeerInfo? Node, bool IsIt)> HearAsync(
        TcpTestee testee, PeerInfo node, string type, TimeSpan patience)
    {
        PeerInfo? known = null;
        var until = testee.Now + patience;
        while (await testee.NextAsync(until) is { } said)
        {
            if (Read(said.Text) is not { } message || (string?)message["sender"] is not { } sender)
            {
                continue;
            }

            known = node with
            {
                Id = new PeerId(sender),
                Light = (bool?)message["flags"]?["light"] ?? false,
                NetworkId = (int?)message["localnetworkid"] ?? PeerInfo.NoNetwork,
            };
            if ((string?)message["type"] == type)
            {
                return (known, true);
            }
        }

        return (known, false);
    }

    /// <summary>It may write anything; what it writes is judged by the tests.</summary>
    private static JsonNode? Read(string line)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        return MessageCodec.Read(bytes, out _, out _) == ReadOutcome.Message
            ? JsonNode.Parse(line)
            : null;
    }
}
