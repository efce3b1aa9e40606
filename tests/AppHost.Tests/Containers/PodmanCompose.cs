using System.Text.Json;
using YamlDotNet.RepresentationModel;

namespace Blockchain.AppHost.Tests.Containers;

/// <summary>
/// Carries out a Compose file with Podman, as <c>docker compose up</c> would. It refuses keys that it does not know, so
/// that nothing in the file is left out unnoticed.
/// </summary>
/// <param name="text">The file, its variables replaced.</param>
/// <param name="folder">Where the file is.</param>
/// <param name="project">What the names of its containers and networks begin with.</param>
internal sealed class PodmanCompose(ContainerEngine engine, string text, string folder, string project)
{
    private readonly Dictionary<string, YamlNode> _file =
        Only(Yaml.Parse(text), "services", "networks", "configs");

    /// <summary>Creates networks and containers and starts those that wait for no profile.</summary>
    public async Task UpAsync()
    {
        foreach (var (name, network) in _file["networks"].Members())
        {
            await engine.RunAsync([.. NetworkArguments(name, network)]);
        }

        var services = _file["services"].Members().Where(service => service.Value.At("profiles") is null).ToArray();
        await ContainerEngine.ForEachAsync(
            services, service => engine.RunAsync([.. ContainerArguments(service.Key, service.Value)]));
        await engine.RunAsync(["start", .. services.Select(service => ContainerOf(project, service.Key))]);
    }

    public static string ContainerOf(string project, string service) => $"{project}-{service}-1";

    public static string NetworkOf(string project, string network) => $"{project}_{network}";

    private IEnumerable<string> NetworkArguments(string name, YamlNode network)
    {
        var keys = Only(network, "driver", "internal");
        string[] isInternal = keys.GetValueOrDefault("internal").Text() == "true" ? ["--internal"] : [];
        return ["network", "create", "--driver", keys["driver"].Text()!, .. isInternal, NetworkOf(project, name)];
    }

    private IEnumerable<string> ContainerArguments(string name, YamlNode service) =>
    [
        "create", "--name", ContainerOf(project, name), "--network-alias", name,
        .. service.Members().SelectMany(key => Arguments(key.Key, key.Value)),
        service.At("image").Text()!,
    ];

    private IEnumerable<string> Arguments(string key, YamlNode value) => key switch
    {
        "image" or "profiles" => [],
        "hostname" or "restart" => [$"--{key}", value.Text()!],
        "environment" => Each("--env", value.Texts().Select(variable => $"{variable.Key}={variable.Value}")),
        "ports" => Each("--publish", TextsOf(value).Select(AnyPort)),
        "expose" or "tmpfs" => Each($"--{key}", TextsOf(value)),
        "cap_drop" or "security_opt" => Each($"--{key.Replace('_', '-')}", TextsOf(value)),
        "sysctls" => Each("--sysctl", value.Texts().Select(setting => $"{setting.Key}={setting.Value}")),
        "networks" => ["--network", string.Join(',', TextsOf(value).Select(network => NetworkOf(project, network)))],
        "read_only" when value.Text() == "true" => ["--read-only", "--read-only-tmpfs=false"],
        "configs" => Each("--volume", value.Items().Select(Mount)),
        "deploy" => Limits(
            Only(Only(Only(value, "resources")["resources"], "limits")["limits"], "memory", "cpus", "pids")),
        "logging" => LoggingArguments(Only(value, "driver", "options")),
        "healthcheck" => HealthArguments(Only(value, "test", "interval", "timeout", "retries", "start_period")),
        _ => throw new NotSupportedException($"{key}: {value}"),
    };

    /// <summary>Another network may have the port of this machine; any other one does.</summary>
    private static string AnyPort(string port) => port.Split(':') is [var address, _, var container]
        ? $"{address}::{container}"
        : throw new NotSupportedException($"ports: {port}");

    private string Mount(YamlNode config)
    {
        var keys = Only(config, "source", "target");
        var source = Only(_file["configs"].At(keys["source"].Text()!)!, "file")["file"].Text()!;
        return $"{Path.GetFullPath(source, folder)}:{keys["target"].Text()}:ro";
    }

    private string[] Limits(Dictionary<string, YamlNode> limits) =>
        engine.Limits(limits["memory"].Text()!, limits["cpus"].Text()!, limits["pids"].Text()!);

    private static IEnumerable<string> LoggingArguments(Dictionary<string, YamlNode> logging) =>
    [
        "--log-driver", logging["driver"].Text()!,
        .. Each("--log-opt", logging["options"].Texts().Select(option => $"{option.Key}={option.Value}")),
    ];

    private static IEnumerable<string> HealthArguments(Dictionary<string, YamlNode> check)
    {
        string[] test = [.. TextsOf(check["test"])];
        if (test is not ["CMD", .. var command])
        {
            throw new NotSupportedException($"healthcheck: {string.Join(' ', test)}");
        }

        return
        [
            "--health-cmd", JsonSerializer.Serialize(command),
            .. check.Where(setting => setting.Key != "test")
                .SelectMany(setting => Each($"--health-{setting.Key.Replace('_', '-')}", [setting.Value.Text()!])),
        ];
    }

    private static IEnumerable<string> TextsOf(YamlNode list) => list.Items().Select(item => item.Text()!);

    private static IEnumerable<string> Each(string option, IEnumerable<string> values) =>
        values.SelectMany(value => new[] { option, value });

    private static Dictionary<string, YamlNode> Only(YamlNode node, params string[] known)
    {
        // What begins with x- is there to be referred to.
        var members = node.Members().Where(member => !member.Key.StartsWith("x-", StringComparison.Ordinal))
            .ToDictionary(member => member.Key, member => member.Value);
        return members.Keys.Except(known).FirstOrDefault() is { } unknown
            ? throw new NotSupportedException($"{unknown}: {members[unknown]}")
            : members;
    }
}
