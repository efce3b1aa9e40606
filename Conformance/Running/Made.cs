namespace Blockchain.Conformance.Running;

/// <summary>A transaction or a block that a test has made.</summary>
/// <param name="Text">The line, without its end.</param>
internal sealed record Made(string Id, string Text)
{
    /// <summary>Of a block: its parent.</summary>
    public string Parent { get; init; } = "";

    /// <summary>Of a block: what BLOCK_HEADERS says of it.</summary>
    public string Header { get; init; } = "";
}
