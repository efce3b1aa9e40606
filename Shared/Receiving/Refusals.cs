using Blockchain.Shared.Identity;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Receiving;

/// <summary>Why a message is refused, in words for people.</summary>
internal static class Refusals
{
    /// <summary>A message that was read, but is not what it claims to be.</summary>
    public static string Of(Message message) => message switch
    {
        Relay relay => Of(relay.Payload),
        Block block => OfBlock(block),
        Transaction transaction => $"tx {transaction.Id.Prefix}: its tx_id is not the SHA-256 of its fields",
        BlockTransactions => "BLOCKTXN: the tx_id of a transaction in it is not the SHA-256 of its fields",
        StemTransaction stem => Of(stem.Transaction),
        Challenge or Proof => $"{message.Type} is for signed networks, and for the first words of a connection",
        UnknownMessage unknown => $"nobody knows messages of type \"{unknown.TypeName}\"",
        _ => $"{message.Type} is not valid",
    };

    /// <summary>A message of a signed network that is not by whom it says.</summary>
    public static string Of(Message message, Verdict verdict)
    {
        var (what, maker) = message switch
        {
            Block block => ($"block {block.Id.Prefix}", block.Header.Sender.Value),
            Transaction transaction => ($"tx {transaction.Id.Prefix}", transaction.From),
            Relay relay => ($"RELAY {relay.Id}", relay.Sender.Value),
            _ => (message.Type.ToString(), "its sender"),
        };
        return verdict == Verdict.UnknownMaker
            ? $"{what}: \"{maker}\", or who made something in it, has no key in peers.json"
            : $"{what}: it, or something in it, lacks the signature of \"{maker}\" or has a wrong one";
    }

    private static string OfBlock(Block block)
    {
        for (var i = 0; i < block.TransactionIds.Length; i++)
        {
            var id = block.TransactionIds[i];
            var json = block.TransactionAt(i).Json.Span;
            if (MessageCodec.Read(json, out var alone, out _) != ReadOutcome.Message
                || !((Transaction)alone!).HasValidId)
            {
                return $"block {block.Id.Prefix}: the tx_id {id.Prefix} of its transaction {i + 1} is not the "
                    + "SHA-256 of "
                    + "that transaction's fields";
            }
        }

        return $"block {block.Id.Prefix}: its block_id is not the SHA-256 of its other fields";
    }

    /// <summary>A line that is not a message.</summary>
    public static string Of(MalformedReason reason) => reason switch
    {
        MalformedReason.LineTooLong => "the line is longer than the limit",
        MalformedReason.NotJson => "the line is not JSON",
        MalformedReason.NotAnObject => "the line is JSON, but not an object",
        MalformedReason.TooDeep => $"the line has more than {WireLimits.Depth} levels of objects and lists",
        MalformedReason.DuplicateKey => "an object has the same key twice",
        MalformedReason.MissingField => "a field is missing",
        MalformedReason.WrongType => "a field has a value of the wrong type",
        MalformedReason.BadNumber => "a number is out of its range",
        MalformedReason.BadString => "a text is too long, or is not valid UTF-8",
        MalformedReason.BadId => "an id is not 64 hex digits, or the name of a peer is not allowed",
        MalformedReason.TooManyItems => "a list has too many items",
        MalformedReason.NestedRelay => "a RELAY carries another RELAY",
        _ => reason.ToString(),
    };
}
