using System.Text.Json.Nodes;

namespace LittleNode;

/// <summary>What carries a node's messages and wakes it.</summary>
internal interface INodeHost
{
    void Transmit(string to, JsonObject message);

    /// <param name="at">In seconds since the Unix epoch.</param>
    void Wake(double at, string name);
}
