namespace Blockchain.Shared.Wire;

/// <summary>The names of the fields on the wire.</summary>
internal static class FieldNames
{
    /// <summary>How many values <see cref="Field"/> has.</summary>
    public const int Count = (int)Field.WorkNonce + 1;

    private const int LongestName = 17;

    /// <summary>The field of that name (UTF-8, without escapes).</summary>
    public static Field Parse(ReadOnlySpan<byte> name) => name.Length switch
    {
        2 when name.SequenceEqual("to"u8) => Field.To,
        2 when name.SequenceEqual("ip"u8) => Field.Ip,
        3 when name.SequenceEqual("nat"u8) => Field.Nat,
        4 when name.SequenceEqual("type"u8) => Field.Type,
        4 when name.SequenceEqual("from"u8) => Field.From,
        4 when name.SequenceEqual("port"u8) => Field.Port,
        5 when name.SequenceEqual("tx_id"u8) => Field.TxId,
        5 when name.SequenceEqual("flags"u8) => Field.Flags,
        5 when name.SequenceEqual("light"u8) => Field.Light,
        5 when name.SequenceEqual("peers"u8) => Field.Peers,
        6 when name.SequenceEqual("amount"u8) => Field.Amount,
        6 when name.SequenceEqual("sender"u8) => Field.Sender,
        6 when name.SequenceEqual("target"u8) => Field.Target,
        7 when name.SequenceEqual("headers"u8) => Field.Headers,
        7 when name.SequenceEqual("locator"u8) => Field.Locator,
        7 when name.SequenceEqual("payload"u8) => Field.Payload,
        7 when name.SequenceEqual("peer_id"u8) => Field.PeerId,
        8 when name.SequenceEqual("block_id"u8) => Field.BlockId,
        9 when name.SequenceEqual("timestamp"u8) => Field.Timestamp,
        9 when name.SequenceEqual("block_ids"u8) => Field.BlockIds,
        9 when name.SequenceEqual("challenge"u8) => Field.Challenge,
        9 when name.SequenceEqual("signature"u8) => Field.Signature,
        10 when name.SequenceEqual("message_id"u8) => Field.MessageId,
        10 when name.SequenceEqual("work_nonce"u8) => Field.WorkNonce,
        10 when name.SequenceEqual("tracestate"u8) => Field.TraceState,
        11 when name.SequenceEqual("traceparent"u8) => Field.TraceParent,
        12 when name.SequenceEqual("transactions"u8) => Field.Transactions,
        14 when name.SequenceEqual("localnetworkid"u8) => Field.LocalNetworkId,
        LongestName when name.SequenceEqual("previous_block_id"u8) => Field.PreviousBlockId,
        _ => Field.Unknown,
    };

    /// <summary>The same for a valid JSON text that may have escapes, given without its quotes.</summary>
    public static Field ParseEscaped(ReadOnlySpan<byte> text)
    {
        Span<byte> name = stackalloc byte[LongestName];
        var length = 0;
        for (var at = 0; at < text.Length;)
        {
            var rune = CanonicalText.ReadRune(text, ref at);
            if (!rune.IsAscii || length == LongestName)
            {
                return Field.Unknown;
            }

            name[length++] = (byte)rune.Value;
        }

        return Parse(name[..length]);
    }
}
