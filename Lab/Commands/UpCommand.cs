using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using Blockchain.Launching;
using Blockchain.Launching.Dashboard;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Commands;

/// <summary><c>up</c>: the network of a <c>peers.json</c> on this machine, one process per peer.</summary>
internal sealed class UpCommand
{
    private readonly Argument<string> _file = Arguments.File();

    private readonly Option<TimeSpan?> _duration = new("--for")
    {
        Description = "Stop after this time, such as 60s or 5min.",
        HelpName = "time",
        CustomParser = Arguments.ParseDuration,
    };

    private readonly Option<AddressMode> _addresses = new("--addresses")
    {
        Description = "own: each peer on its own 127.x.y.z; single: all on 127.0.0.1.",
        HelpName = "own|single",
        CustomParser = result => ParseAddresses(result),
    };

    private readonly Option<DirectoryInfo?> _logs = new("--keep-logs")
    {
        Description = "Write the output of each node to peer-ID.log in this folder.",
        HelpName = "folder",
    };

    private readonly Option<DirectoryInfo?> _keys = new("--keys")
    {
        Description = "Where the private keys of a signed network are; by default peers.keys beside peers.json.",
        HelpName = "folder",
    };

    private readonly Option<DirectoryInfo?> _data = new("--data")
    {
        Description = "Each peer keeps its blocks and bans in this folder, and goes on with them the next time.",
        HelpName = "folder",
    };

    private readonly Option<bool> _fresh = new("--fresh")
    {
        Description = "Begin anew: delete first what the peers of this network have kept.",
    };

    private readonly Option<bool> _noObservatory = new("--no-observatory")
    {
        Description = "Start no Observatory.",
    };

    private readonly Option<int> _observatoryPort = Port(
        "--observatory-port", "Port of the Observatory; the next free one if it is taken.",
        NetworkPlan.ObservatoryPort);

    private readonly Option<bool> _open = new("--open")
    {
        Description = "Let everybody who reaches the Observatory act there, without the token in its address.",
    };

    private readonly Option<bool> _dashboard = new("--dashboard")
    {
        Description = "Start the Aspire dashboard too, with an aspire command or npx, and send telemetry to it.",
    };

    private readonly Option<int> _dashboardPort = Port(
        "--dashboard-port", "Port of the dashboard; the next free one if it is taken.", StandaloneDashboard.UsualPort);

    private readonly Option<DirectoryInfo?> _scrape = new("--scrape")
    {
        Description = "Write the Prometheus configuration of the running network to this folder.",
        HelpName = "folder",
    };

    public static Command Build() => new UpCommand().ToCommand();

    private Command ToCommand()
    {
        var command = new Command("up", "Start the network and show it until Ctrl-C.")
        {
            _file, _duration, _addresses, _data, _fresh, _logs, _keys, _observatoryPort, _noObservatory, _open,
            _dashboard, _dashboardPort, _scrape,
        };
        command.SetAction((parsed, _) => new UpRun(Read(parsed)).RunAsync());
        return command;
    }

    private UpOptions Read(ParseResult parsed)
    {
        var network = new LocalNetworkOptions
        {
            Addresses = parsed.GetValue(_addresses),
            Data = parsed.GetValue(_data)?.FullName,
            LogDirectory = parsed.GetValue(_logs)?.FullName,
        };
        if (parsed.GetValue(_open))
        {
            network = network with { ObservatoryToken = null };
        }

        return new UpOptions(parsed.GetRequiredValue(_file), parsed.GetValue(_duration), network)
        {
            IsFresh = parsed.GetValue(_fresh),
            ObservatoryPort = parsed.GetValue(_noObservatory) ? null : parsed.GetValue(_observatoryPort),
            DashboardPort = parsed.GetValue(_dashboard) ? parsed.GetValue(_dashboardPort) : null,
            KeyFolder = parsed.GetValue(_keys)?.FullName,
            ScrapeFolder = parsed.GetValue(_scrape)?.FullName,
        };
    }

    private static Option<int> Port(string name, string description, int usually)
    {
        var port = new Option<int>(name)
        {
            Description = description,
            HelpName = "port",
            DefaultValueFactory = _ => usually,
        };
        port.Validators.Add(result =>
        {
            if (result.Tokens is [var token]
                && int.TryParse(token.Value, CultureInfo.InvariantCulture, out var number)
                && number is < 1 or > IPEndPoint.MaxPort)
            {
                result.AddError($"{name} must be a port from 1 to {IPEndPoint.MaxPort}.");
            }
        });
        return port;
    }

    private static AddressMode ParseAddresses(ArgumentResult result)
    {
        var text = result.Tokens.Count == 1 ? result.Tokens[0].Value : "";
        switch (text)
        {
            case "own":
                return AddressMode.Own;
            case "single":
                return AddressMode.Single;
            default:
                result.AddError($"--addresses must be \"own\" or \"single\", not \"{text}\".");
                return default;
        }
    }
}
