namespace Blockchain.Shared.Neighbours;

/// <summary>What a peer can do wrong. All else that comes, however strange, is dropped and counted only.</summary>
internal enum Offence
{
    /// <summary>A transaction or block with an id that is not its hash: no honest peer delivers one.</summary>
    FalseId,

    /// <summary>A line that is no message. A program with a mistake sends such, too.</summary>
    Malformed,
}
