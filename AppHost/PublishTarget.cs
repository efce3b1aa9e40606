namespace Blockchain.AppHost;

/// <summary>What <c>--operation publish</c> writes.</summary>
public enum PublishTarget
{
    /// <summary>A Docker Compose file.</summary>
    Compose,

    /// <summary>A Helm chart.</summary>
    Kubernetes,
}
