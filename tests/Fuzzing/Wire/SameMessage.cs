using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Wire;

/// <summary>Compares two messages by all that they say. Records with lists in them do not compare these.</summary>
internal static class SameMessage
{
    public static void Check(Message? expected, Message? actual)
    {
        FuzzException.UnlessSame(expected?.GetType(), actual?.GetType(), "type");
        switch (expected, actual)
        {
            case (Transaction one, Transaction other):
                SameBytes(one.Json, other.Json);
                FuzzException.UnlessSame(one, other with { Json = one.Json }, "transaction");
                break;
            case (Block one, Block other):
                SameBytes(one.Json, other.Json);
                FuzzException.UnlessSame(one.Header, other.Header, "header");
                FuzzException.UnlessSame(one.HasValidId, other.HasValidId, "the id is right");
                FuzzException.UnlessSameList(one.TransactionIds, other.TransactionIds, "transactions");
                FuzzException.UnlessSameList(one.TransactionSpans, other.TransactionSpans, "places of transactions");
                break;
            case (Relay one, Relay other):
                Check(one.Payload, other.Payload);
                SameBytes(one.Json, other.Json);
                FuzzException.UnlessSame(one, other with { Payload = one.Payload, Json = one.Json }, "relay");
                break;
            case (Inv one, Inv other):
                FuzzException.UnlessSameList(one.BlockIds, other.BlockIds, "blocks");
                FuzzException.UnlessSame(one, other with { BlockIds = one.BlockIds }, "INV");
                break;
            case (GetBlock one, GetBlock other):
                FuzzException.UnlessSameList(one.BlockIds, other.BlockIds, "blocks");
                FuzzException.UnlessSame(one, other with { BlockIds = one.BlockIds }, "GETBLOCK");
                break;
            case (GetBlockHeaders one, GetBlockHeaders other):
                FuzzException.UnlessSameList(one.Locator, other.Locator, "locator");
                FuzzException.UnlessSame(one, other with { Locator = one.Locator }, "GET_BLOCK_HEADERS");
                break;
            case (BlockHeaders one, BlockHeaders other):
                FuzzException.UnlessSameList(one.Headers, other.Headers, "headers");
                FuzzException.UnlessSame(one, other with { Headers = one.Headers }, "BLOCK_HEADERS");
                break;
            case (PeerList one, PeerList other):
                FuzzException.UnlessSameList(one.Peers, other.Peers, "peers");
                FuzzException.UnlessSame(one, other with { Peers = one.Peers }, "PEERS");
                break;
            case (CompactBlock one, CompactBlock other):
                SameBytes(one.Envelope, other.Envelope);
                FuzzException.UnlessSameList(one.ShortIds, other.ShortIds, "short ids");
                FuzzException.UnlessSame(
                    one, other with { Envelope = one.Envelope, ShortIds = one.ShortIds }, "CMPCTBLOCK");
                break;
            case (GetBlockTransactions one, GetBlockTransactions other):
                FuzzException.UnlessSameList(one.Indexes, other.Indexes, "indexes");
                FuzzException.UnlessSame(one, other with { Indexes = one.Indexes }, "GETBLOCKTXN");
                break;
            case (BlockTransactions one, BlockTransactions other):
                SameTransactions(one.Transactions, other.Transactions);
                FuzzException.UnlessSame(one, other with { Transactions = one.Transactions }, "BLOCKTXN");
                break;
            case (Rumours one, Rumours other):
                FuzzException.UnlessSameList(one.BlockIds, other.BlockIds, "blocks");
                FuzzException.UnlessSameList(one.TransactionIds, other.TransactionIds, "transactions");
                FuzzException.UnlessSame(
                    one, other with { BlockIds = one.BlockIds, TransactionIds = one.TransactionIds }, "RUMOURS");
                break;
            case (Have one, Have other):
                FuzzException.UnlessSameList(one.BlockIds, other.BlockIds, "blocks");
                FuzzException.UnlessSameList(one.TransactionIds, other.TransactionIds, "transactions");
                FuzzException.UnlessSame(
                    one, other with { BlockIds = one.BlockIds, TransactionIds = one.TransactionIds }, "IHAVE");
                break;
            case (StemTransaction one, StemTransaction other):
                Check(one.Transaction, other.Transaction);
                FuzzException.UnlessSame(one, other with { Transaction = one.Transaction }, "STEMTX");
                break;
            case (Sketch one, Sketch other):
                FuzzException.UnlessSameList(one.Sums, other.Sums, "sums");
                FuzzException.UnlessSame(one, other with { Sums = one.Sums }, "SKETCH");
                break;
            case (SketchDifference one, SketchDifference other):
                FuzzException.UnlessSameList(one.Asked, other.Asked, "short ids");
                FuzzException.UnlessSame(one, other with { Asked = one.Asked }, "RECONCILDIFF");
                break;
            case (WantTransactions one, WantTransactions other):
                FuzzException.UnlessSameList(one.TransactionIds, other.TransactionIds, "transactions");
                FuzzException.UnlessSame(one, other with { TransactionIds = one.TransactionIds }, "IWANT");
                break;
            default:
                FuzzException.UnlessSame(expected, actual, "message");
                break;
        }
    }

    private static void SameTransactions(IReadOnlyList<Transaction> one, IReadOnlyList<Transaction> other)
    {
        FuzzException.UnlessSame(one.Count, other.Count, "transactions");
        for (var i = 0; i < one.Count; i++)
        {
            Check(one[i], other[i]);
        }
    }

    private static void SameBytes(ReadOnlyMemory<byte> one, ReadOnlyMemory<byte> other) =>
        FuzzException.Unless(one.Span.SequenceEqual(other.Span), "what is kept of the line is not the line");
}
