namespace Blockchain.AppHost.Network;

/// <summary>
/// What endpoints and single resources are called; peers and networks have their names from the plan.
/// </summary>
public static class Names
{
    public const string P2p = "p2p";
    public const string Http = "http";
    public const string ControlKey = "control-key";
}
