using System.CommandLine;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Commands;

/// <summary><c>check</c>: what is wrong with a <c>peers.json</c>, without starting anything.</summary>
internal static class CheckCommand
{
    public static Command Build()
    {
        var file = Arguments.File();
        var command = new Command("check", "Check a peers.json and say what it describes.") { file };
        command.SetAction(parsed => Run(parsed.GetRequiredValue(file), Console.Out, Console.Error));
        return command;
    }

    internal static int Run(string path, TextWriter output, TextWriter error)
    {
        if (PeersFiles.Read(path, error) is not { } plan)
        {
            return ExitCode.Refused;
        }

        output.WriteLine("ok: " + Summarise(plan));
        return ExitCode.Success;
    }

    /// <summary>"11 peers (8 full, 3 light; 2 malicious), 2 NAT groups: 1 with gateways 5000 5001, ...".</summary>
    internal static string Summarise(NetworkPlan plan)
    {
        var light = plan.Peers.Count(peer => peer.Info.Light);
        var malicious = plan.Peers.Count(peer => peer.Malicious);
        var manual = plan.Peers.Count(peer => peer.ManualStart);
        var text = $"{Count(plan.Peers.Count, "peer")} ({plan.Peers.Count - light} full, {light} light; {malicious} "
            + "malicious)";
        if (manual > 0)
        {
            text += $", {manual} started by hand";
        }

        text += plan.IsSigned ? ", signed" : "";
        text += plan.Work > 0 ? $", work of {Count(plan.Work, "bit")}" : "";
        text += $", {Count(plan.Groups.Count, "NAT group")}";
        return plan.Groups.Count == 0 ? text : $"{text}: {string.Join(", ", plan.Groups.Select(Describe))}";
    }

    private static string Describe(NatGroup group) => group.Gateways.Count == 0
        ? $"{group.NetworkId} without a gateway"
        : $"{group.NetworkId} with {(group.Gateways.Count == 1 ? "gateway" : "gateways")} "
            + $"{string.Join(' ', group.Gateways)}";

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";
}
