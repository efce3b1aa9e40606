using System.Globalization;

namespace Blockchain.Shared.Wire;

/// <summary>A TX. Its JSON is kept as it came; the fields are read from it only when somebody asks for them.</summary>
/// <param name="Id">The <c>tx_id</c> as stated.</param>
/// <param name="Json">The JSON object (UTF-8), without a line end.</param>
/// <param name="HasValidId">
/// Whether the stated id is the hash of the five fields that it covers. Of a transaction taken out of a block: whether
/// the whole block is valid.
/// </param>
public sealed record Transaction(Hash256 Id, ReadOnlyMemory<byte> Json, bool HasValidId) : Message
{
    private const int Overhead = 192;

    public override MessageType Type => MessageType.Tx;

    public override MessageId Key => MessageId.Of(Id);

    /// <summary>Bytes that it takes in memory while it waits for a block, about.</summary>
    public int MemoryBytes => Overhead + Json.Length;

    public string From => CanonicalText.Decode(Canonical(Field.From));

    public string To => CanonicalText.Decode(Canonical(Field.To));

    /// <summary>The amount as text, an integer with all its digits or a double as Python writes it.</summary>
    public string Amount => System.Text.Encoding.ASCII.GetString(Canonical(Field.Amount));

    /// <summary>Unix seconds by the maker's clock.</summary>
    public double Timestamp =>
        double.Parse(Canonical(Field.Timestamp), NumberStyles.Float, CultureInfo.InvariantCulture);

    /// <summary>The value of a field in canonical form.</summary>
    private byte[] Canonical(Field field)
    {
        using var tape = JsonTape.Read(Json.Span);
        var value = tape.Reason == MalformedReason.None ? new FieldReader(tape, container: 0).Find(field) : 0;
        return value == 0
            ? throw new InvalidOperationException("The transaction was not made from a TX line.")
            : tape.Canonical(value).ToArray();
    }
}
