using System.CommandLine;
using Blockchain.Lab.Network;

namespace Blockchain.Lab.Commands;

/// <summary><c>up</c>: the network of a <c>peers.json</c> on this machine, one process per peer.</summary>
internal static class UpCommand
{
    public static Command Build()
    {
        var file = Arguments.File();
        var duration = new Option<TimeSpan?>("--for")
        {
            Description = "Stop by itself after this time, such as 60s or 5min.",
            HelpName = "time",
            CustomParser = Arguments.ParseDuration,
        };
        var addresses = new Option<AddressMode>("--addresses")
        {
            Description = "own: each peer on its own 127.x.y.z; single: all on 127.0.0.1.",
            HelpName = "own|single",
            CustomParser = result => ParseAddresses(result),
        };
        var logs = new Option<DirectoryInfo?>("--keep-logs")
        {
            Description = "Write what each node says to peer-ID.log in this folder.",
            HelpName = "folder",
        };
        var command = new Command("up", "Start the network and show it until Ctrl-C.") { file, duration, addresses, logs };
        command.SetAction((parsed, _) => new UpRun(
            parsed.GetRequiredValue(file),
            parsed.GetValue(duration),
            new LocalNetworkOptions
            {
                Addresses = parsed.GetValue(addresses),
                LogDirectory = parsed.GetValue(logs)?.FullName,
            }).RunAsync());
        return command;
    }

    private static AddressMode ParseAddresses(System.CommandLine.Parsing.ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        switch (text)
        {
            case "own":
                return AddressMode.Own;
            case "single":
                return AddressMode.Single;
            default:
                result.AddError($"--addresses is \"own\" or \"single\", not \"{text}\".");
                return default;
        }
    }
}
