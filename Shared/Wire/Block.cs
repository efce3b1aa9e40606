
namespace Blockchain.Shared.Wire;

/// <summary>
/// A BLOCK. Kept and passed on as it came, never re-serialised from a model, since its id covers every field,
/// those that we do not know included.
/// </summary>
/// <param name="Header">Maker, timestamp, id as stated, parent.</param>
/// <param name="TransactionIds">The stated ids of its transactions, in order.</param>
/// <param name="TransactionSpans">
/// Pairs of offsets into <paramref name="Json"/>: transaction i is <c>Json[Spans[2i]..Spans[2i+1]]</c>.
/// </param>
/// <param name="Json">The line as it came (UTF-8), without its line end.</param>
/// <param name="HasValidId">Whether the block's id and those of all its transactions are the right hashes.</param>
public sealed record Block(
    BlockHeader Header,
    Hash256[] TransactionIds,
    int[] TransactionSpans,
    ReadOnlyMemory<byte> Json,
    bool HasValidId) : Message
{
    private const int Overhead = 256;
    private const int BytesPerTransaction = Hash256.ByteLength + (2 * sizeof(int));

    public override MessageType Type => MessageType.Block;

    public override MessageId Key => MessageId.Of(Header.Id);

    public Hash256 Id => Header.Id;

    /// <summary>Bytes that it takes in memory, about.</summary>
    public int MemoryBytes => Overhead + Json.Length + (TransactionIds.Length * BytesPerTransaction);

    public Hash256 PreviousId => Header.PreviousId;

    /// <summary>All transactions, in order.</summary>
    public IEnumerable<Transaction> Transactions
    {
        get
        {
            for (var i = 0; i < TransactionIds.Length; i++)
            {
                yield return TransactionAt(i);
            }
        }
    }

    /// <summary>One transaction, as a slice of this block's JSON.</summary>
    public Transaction TransactionAt(int i) => new(
        TransactionIds[i], Json[TransactionSpans[2 * i]..TransactionSpans[(2 * i) + 1]], HasValidId);
}
