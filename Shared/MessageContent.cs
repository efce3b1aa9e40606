using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <summary>What a message says, short enough to be told of each.</summary>
internal static class MessageContent
{
    private const int MostText = 40;

    /// <summary>Of a long list of headers the last ones: they are the newest.</summary>
    /// <returns>Null if it is about no block and no transaction.</returns>
    public static IReadOnlyList<Hash256>? SubjectsOf(Message message) => message switch
    {
        Block block => [block.Id],
        Transaction transaction => [transaction.Id],
        Inv { BlockIds.Count: > 0 } inventory => First(inventory.BlockIds),
        GetBlock { BlockIds.Count: > 0 } request => First(request.BlockIds),
        BlockHeaders { Headers.Count: > 0 } answer =>
            [.. answer.Headers.TakeLast(MessageTraced.MostSubjects).Select(header => header.Id)],
        _ => null,
    };

    /// <returns>Null where type and subjects say all.</returns>
    public static string? TextOf(Message message) => message switch
    {
        Block block => $"by {Cut(block.Header.Sender.Value)} on {Name(block.PreviousId)}, "
            + Count(block.TransactionIds.Length, "transaction"),
        Transaction { Json.IsEmpty: false } transaction =>
            $"{Cut(transaction.Amount)} from {Cut(transaction.From)} to {Cut(transaction.To)}",
        Inv inventory => Several(inventory.BlockIds.Count, "block"),
        GetBlock request => Several(request.BlockIds.Count, "block"),
        GetBlockHeaders { Locator.Count: 0 } => "from the first block on",
        GetBlockHeaders request => $"after {Name(request.Locator[0])}",
        BlockHeaders answer => Count(answer.Headers.Count, "header"),
        Hello hello => $"at {Cut(hello.Info.Ip)}:{hello.Info.Port}"
            + (hello.Info.Nat ? ", behind NAT" : string.Empty) + (hello.Info.Light ? ", light" : string.Empty),
        PeerList list => Count(list.Peers.Count, "peer"),
        UnknownMessage unknown => $"type \"{Cut(unknown.TypeName)}\"",
        _ => null,
    };

    private static IReadOnlyList<Hash256> First(IReadOnlyList<Hash256> ids) =>
        ids.Count <= MessageTraced.MostSubjects ? ids : [.. ids.Take(MessageTraced.MostSubjects)];

    private static string Name(Hash256 block) => block.IsGenesis ? "GENESIS" : block.Prefix;

    private static string? Several(int count, string what) => count == 1 ? null : Count(count, what);

    private static string Count(int count, string what) => count == 1 ? $"1 {what}" : $"{count} {what}s";

    private static string Cut(string text)
    {
        if (text.Length <= MostText)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[MostText - 1]) ? MostText - 1 : MostText;
        return text[..end] + "…";
    }
}
