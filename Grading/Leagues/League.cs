using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Blockchain.Grading.Running;
using Blockchain.Grading.Submissions;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Simulation.Hosting;
using Blockchain.Trials.Evidence;
using Blockchain.Trials.Reading;
using Blockchain.Trials.Running;

namespace Blockchain.Grading.Leagues;

/// <summary>
/// All submissions in one network, in virtual time, with a few peers of ours that make blocks. After a minute nobody of
/// ours makes any more, and half a minute later all should have the same chain.
/// </summary>
internal sealed class League(Workshop workshop, IReadOnlyList<Submission> submissions)
{
    private const int Seeds = 3;
    private const int Ours = 4;
    private const int FirstOurs = 5000;
    private const int FirstTheirs = 6000;
    private const int PeersOfANet = 200;

    /// <summary>Shows longer reasons in the table of the class only to their begin.</summary>
    private const int LongestReason = 200;

    public LeagueResult Run(CancellationToken stop)
    {
        Workpiece[] pieces = [.. submissions.Select(workshop.Of).Where(piece => piece.Problem is null)];
        var failures = submissions.Select(workshop.Of).Where(piece => piece.Problem is not null)
            .ToDictionary(piece => piece.Submission.Name, piece => Cut(piece.Problem!));
        string[] members = [.. OurIds.Select(id => $"ours {id}"), .. pieces.Select(piece => piece.Submission.Name)];
        var same = members.Select(_ => new int[members.Length]).ToArray();
        var common = members.Select(_ => Enumerable.Repeat(int.MaxValue, members.Length).ToArray()).ToArray();
        for (var seed = 1; seed <= Seeds; seed++)
        {
            stop.ThrowIfCancellationRequested();
            var readings = Run(pieces, (ulong)seed, failures, stop);
            for (var i = 0; i < members.Length; i++)
            {
                for (var j = 0; j < members.Length; j++)
                {
                    var (one, other) = (readings[i], readings[j]);
                    same[i][j] += one?.Tip is { } tip && tip == other?.Tip ? 1 : 0;
                    common[i][j] = Math.Min(common[i][j], CountCommon(one, other));
                }
            }
        }

        return new LeagueResult(members, Seeds, same, common, failures);
    }

    private static IEnumerable<int> OurIds => Enumerable.Range(FirstOurs, Ours);

    private PeerReading?[] Run(
        Workpiece[] pieces, ulong seed, Dictionary<string, string> failures, CancellationToken stop)
    {
        var scenario = ScenarioFile.Parse(
            Encoding.UTF8.GetBytes(Write(pieces.Length)), "league", _ => [], seed).Scenario!;
        var guests = new List<StudentGuests>();
        try
        {
            var host = new SimulatedHost(scenario, guests: peer => Start(peer, pieces, guests, failures));
            _ = new TrialRunner(scenario, host).RunAsync(stop: stop).GetAwaiter().GetResult();
            PeerId[] ids = [.. scenario.Network.Peers.Select(peer => peer.Id)];
            var readings = host.ReadAsync(ids, Need.Blocks, stop).GetAwaiter().GetResult();
            return [.. ids.Select(id => readings[id])];
        }
        finally
        {
            guests.ForEach(one => one.Dispose());
        }
    }

    private Muted? Start(
        PeerPlan peer, Workpiece[] pieces, List<StudentGuests> guests, Dictionary<string, string> failures)
    {
        if (peer.Program is null)
        {
            return null;
        }

        var piece = pieces[IndexOf(peer.Id)];
        var own = new StudentGuests(workshop, piece, _ => true);
        guests.Add(own);
        return new Muted(own.Start(peer)!, why => failures.TryAdd(piece.Submission.Name, Cut(why)));
    }

    private static int IndexOf(PeerId id) => int.Parse(id.Value, CultureInfo.InvariantCulture) - FirstTheirs;

    private static int CountCommon(PeerReading? one, PeerReading? other) =>
        one is null || other is null ? 0 : one.Blocks.Keys.Count(other.Blocks.ContainsKey);

    private static string Cut(string reason)
    {
        var line = reason.Split('\n')[0];
        return line.Length <= LongestReason ? line : line[..LongestReason] + " …";
    }

    /// <summary>
    /// A scenario in which the peers of others are numbered from 6000. They make nothing: nobody could tell them to
    /// stop, and while so many make blocks, the last one is never everywhere.
    /// </summary>
    private static string Write(int count)
    {
        var peers = new JsonObject();
        foreach (var id in OurIds)
        {
            var peer = Peer(1, id - FirstOurs + 1, id);
            peer.Add("blockInterval", "5s");
            peer.Add("transactionInterval", "5s");
            peers.Add(Text(id), peer);
        }

        for (var i = 0; i < count; i++)
        {
            var peer = Peer(2 + i / PeersOfANet, i % PeersOfANet + 1, FirstTheirs + i);
            peer.Add("stdio", new JsonArray("the student's program"));
            peers.Add(Text(FirstTheirs + i), peer);
        }

        var makers = string.Join(", ", OurIds);
        return new JsonObject
        {
            ["network"] = new JsonObject
            {
                ["defaults"] = new JsonObject { ["blockInterval"] = 0, ["transactionInterval"] = 0 },
                ["peers"] = peers,
            },
            ["invariants"] = new JsonArray(),
            ["steps"] = new JsonArray(
                new JsonObject { ["after"] = "60s", ["do"] = "generate", ["peers"] = makers, ["value"] = false },
                new JsonObject { ["after"] = "30s", ["expect"] = new JsonObject { ["answers"] = makers } }),
        }.ToJsonString();
    }

    private static JsonObject Peer(int net, int number, int port) => new()
    {
        ["ip"] = $"127.30.{net}.{number}",
        ["port"] = port,
    };

    private static string Text(int id) => id.ToString(CultureInfo.InvariantCulture);
}
