namespace Blockchain.Shared.Messages;

/// <summary>A TX. Its JSON is kept as it came; the fields are read from it only when somebody asks for them.</summary>
/// <param name="Id">The <c>tx_id</c> as stated.</param>
/// <param name="Json">The JSON object (UTF-8), without a line end.</param>
/// <param name="HasValidId">Whether the stated id is the hash of the five fields that it covers.</param>
public sealed record Transaction(Hash256 Id, ReadOnlyMemory<byte> Json, bool HasValidId) : Message
{
    public override MessageType Type => MessageType.Tx;

    public override MessageId Key => MessageId.Of(Id);
}
