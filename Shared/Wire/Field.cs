namespace Blockchain.Shared.Wire;

/// <summary>The fields that we know, in the order in which canonical JSON has them.</summary>
internal enum Field : byte
{
    /// <summary>A field that we do not know, or no key at all.</summary>
    Unknown,
    Amount,
    BlockId,
    BlockIds,
    Challenge,
    Flags,
    From,
    Headers,
    Ip,
    Light,
    LocalNetworkId,
    Locator,
    MessageId,
    Nat,
    Payload,
    PeerId,
    Peers,
    Port,
    PreviousBlockId,
    Sender,
    Signature,
    Target,
    Timestamp,
    To,
    TraceParent,
    TraceState,
    Transactions,
    TxId,
    Type,
    WorkNonce,
}
