namespace Blockchain.Shared.Ledger;

public sealed record RejectedBlock(BlockHeader Header, RejectReason Reason);
