using System.CommandLine;
using Blockchain.Lab.Load;

namespace Blockchain.Lab.Commands;

/// <summary><c>load</c>: how many transactions per second a node takes.</summary>
internal static class LoadCommand
{
    public static Command Build()
    {
        var to = new Option<string?>("--to") { Description = "The node's P2P address.", HelpName = "host:port" };
        var http = new Option<Uri?>("--http")
        {
            Description = "Where its pages are; by default port + 2000 on 127.0.0.1.",
            HelpName = "url",
            CustomParser = Arguments.ParseUrl,
        };
        var start =
            new Option<bool>("--start") { Description = "Start a node without limits, and stop it at the end." };
        var data =
            new Option<bool>("--data") { Description = "With --start: the node keeps its blocks in a folder." };
        var transactions = Arguments.Count("--transactions", "How many transactions to send.", usually: 100_000);
        var connections = Arguments.Count("--connections", "How many connections to use.", usually: 1);
        var signed = new Option<bool>("--signed")
        {
            Description = "With --start: the node's network is signed, and so is every transaction.",
        };
        var command = new Command("load", "Send transactions to a node and measure how fast it accepts them.")
        {
            to, http, start, data, transactions, connections, signed,
        };
        command.Validators.Add(result =>
        {
            if (result.GetValue(start) == (result.GetValue(to) is not null))
            {
                result.AddError("Give either --to HOST:PORT or --start.");
            }

            if (result.GetValue(signed) && !result.GetValue(start))
            {
                result.AddError("Give --signed with --start: only then the keys are known.");
            }

            if (result.GetValue(data) && !result.GetValue(start))
            {
                result.AddError("--data belongs to --start.");
            }
        });
        command.SetAction((parsed, _) => new LoadRun(
            parsed.GetValue(to),
            parsed.GetValue(http),
            parsed.GetValue(data),
            parsed.GetValue(transactions),
            parsed.GetValue(connections),
            parsed.GetValue(signed)).RunAsync());
        return command;
    }
}
