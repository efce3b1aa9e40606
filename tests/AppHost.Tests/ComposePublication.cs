using System.Text.RegularExpressions;

namespace Blockchain.AppHost.Tests;

/// <summary>
/// A network published for Docker Compose: a folder with the Compose file, <c>.env</c> and the network's file.
/// </summary>
internal sealed partial class ComposePublication(string folder)
{
    public const string ComposeFileName = "docker-compose.yaml";

    /// <summary>What has no default.</summary>
    public const string ControlKey = "CONTROL_KEY";

    public string ComposeFile => Path.Combine(folder, ComposeFileName);

    public string PeersFile => Path.Combine(folder, "peers.json");

    public string EnvironmentFile => Path.Combine(folder, ".env");

    /// <summary>As the AppHost publishes it.</summary>
    public static async Task<ComposePublication> CreateAsync(PeersFiles file)
    {
        var folder = Path.Combine(file.Folder.FullName, "out");
        var (code, output, errors) = await AppHostProcess.RunAsync(
            "--peers", file.Path, "--target", "compose", "--operation", "publish", "--step", "publish",
            "--output-path", folder);
        Assert.True(code == 0, $"{output}\n{string.Join('\n', errors)}");
        return new ComposePublication(folder);
    }

    public string Text() => File.ReadAllText(ComposeFile);

    /// <summary>The text with its variables replaced, as Compose does it.</summary>
    /// <exception cref="InvalidOperationException">One without a default is not set; the message is the file's
    /// own.</exception>
    public static string Interpolate(string text, IReadOnlyDictionary<string, string> variables) =>
        Variable().Replace(text, match =>
        {
            if (match.Value == "$$")
            {
                return "$";
            }

            if (variables.GetValueOrDefault(match.Groups["name"].Value) is { Length: > 0 } value)
            {
                return value;
            }

            return match.Groups["kind"].Value == "-"
                ? match.Groups["rest"].Value
                : throw new InvalidOperationException($"{match.Groups["name"].Value}: {match.Groups["rest"].Value}");
        });

    [GeneratedRegex(@"\$\$|\$\{(?<name>\w+)(:(?<kind>[-?])(?<rest>[^}]*))?\}")]
    private static partial Regex Variable();
}
