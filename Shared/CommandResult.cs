using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>What came of a command.</summary>
public sealed record CommandResult
{
    internal static CommandResult Done { get; } = new();

    /// <summary>Why it was not done, in words for people; null: it was.</summary>
    public string? Refusal { get; private init; }

    /// <summary>The block that was made.</summary>
    public Block? Block { get; private init; }

    /// <summary>The work for the block has begun; when it is done, the block has another id.</summary>
    public bool IsBegun { get; private init; }

    /// <summary>The transaction that was made.</summary>
    public Transaction? Transaction { get; private init; }

    internal static CommandResult Refused(string why) => new() { Refusal = why };

    internal static CommandResult Made(Block block, bool isBegun) => new() { Block = block, IsBegun = isBegun };

    internal static CommandResult Made(Transaction transaction) => new() { Transaction = transaction };
}
