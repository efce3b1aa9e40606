using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Chain;

public sealed record RejectedBlock(BlockHeader Header, RejectReason Reason);
