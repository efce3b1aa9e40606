namespace Blockchain.Conformance.Running;

/// <summary>One connection between a player and the node.</summary>
internal interface IConnection
{
    /// <summary>The node has closed it.</summary>
    bool IsClosed { get; }

    /// <summary>Bytes as they are: no line end is added.</summary>
    Task WriteAsync(ReadOnlyMemory<byte> bytes);
}
