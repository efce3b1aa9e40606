namespace Blockchain.NodeApi;

/// <summary>What can be told a node by POST, below its address and <see cref="Root"/>, by whoever has its key.</summary>
public static class ControlRoutes
{
    /// <summary>The header that has the key.</summary>
    public const string KeyHeader = "X-Control-Key";

    public const string Root = "/control";

    public const string Mine = "/mine";
    public const string Transaction = "/transaction";
    public const string Malicious = "/malicious";
    public const string Generation = "/generation";
    public const string CutOff = "/cut-off";
    public const string Pause = "/pause";
    public const string Conditions = "/conditions";
    public const string Load = "/load";
}
