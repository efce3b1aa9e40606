using Aspire.Hosting.Docker;

namespace Blockchain.AppHost.Publishing;

/// <summary>
/// What is left open in a Compose file, for its <c>.env</c> or the environment to say. All but the key can be left out.
/// </summary>
internal static class ComposeVariables
{
    /// <summary>One image for all peers, named as PublishContainer names it.</summary>
    public const string PeerImage = "${PEER_IMAGE:-blockchain-peer:latest}";

    public const string ObservatoryImage = "${OBSERVATORY_IMAGE:-blockchain-observatory:latest}";

    /// <summary>Compose starts nothing without it, and says the reason that follows the question mark.</summary>
    public const string ControlKey = "${CONTROL_KEY:?set it in .env to a secret of your choice, for whoever has it commands every peer}";

    /// <summary>Nodes that are told no collector make no traces.</summary>
    public const string OtlpEndpoint = "${OTEL_EXPORTER_OTLP_ENDPOINT:-}";

    private static readonly (string Name, string Description)[] Described =
    [
        ("CONTROL_KEY", "A secret of your choice, of letters and digits: whoever has it commands every peer. Required."),
        ("PEER_IMAGE", "The image of the peers, if it is not blockchain-peer:latest."),
        ("OBSERVATORY_IMAGE", "The image of the Observatory, if it is not blockchain-observatory:latest."),
        ("OTEL_EXPORTER_OTLP_ENDPOINT",
            $"A collector of telemetry, such as {ComposeDashboard.OtlpEndpoint} with --profile {ComposeDashboard.Name}."),
    ];

    /// <summary>Aspire would list an image for each peer.</summary>
    public static void Describe(IDictionary<string, CapturedEnvironmentVariable> variables)
    {
        variables.Clear();
        foreach (var (name, description) in Described)
            variables[name] = new CapturedEnvironmentVariable { Name = name, Description = description };
    }
}
