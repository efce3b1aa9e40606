using System.Diagnostics.CodeAnalysis;

namespace Blockchain.PeerNode.Configuration;

/// <param name="Options">Null when there is any error.</param>
/// <param name="Errors">Everything that is wrong, one line each.</param>
public sealed record NodeOptionsResult(NodeOptions? Options, IReadOnlyList<string> Errors)
{
    [MemberNotNullWhen(true, nameof(Options))]
    public bool IsValid => Options is not null;
}
