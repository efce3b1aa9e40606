using System.Text.Json.Nodes;

namespace Blockchain.Conformance.Running;

/// <summary>Steps that many tests have.</summary>
internal sealed partial class Scene
{
    /// <summary>More than these are not in one BLOCK_HEADERS (W36).</summary>
    public const int MostHeaders = 2000;

    /// <summary>A node that always has more headers makes them up, and would be asked for ever.</summary>
    private const int MostQuestions = 50;

    /// <summary>Waits until something is so that no message tells of.</summary>
    public async Task<bool> UntilAsync(Func<bool> isSo, double seconds)
    {
        for (var until = In(seconds); !isSo();)
        {
            if (Now >= until)
            {
                return false;
            }

            await PassAsync(0.05);
        }

        return true;
    }

    /// <summary>
    /// Blocks that nobody asked for, one after the other, and a PONG that shows that they have been read.
    /// </summary>
    public async Task GiveAsync(Neighbour from, params IReadOnlyList<Made> lines)
    {
        foreach (var line in lines)
        {
            await SayAsync(from, line.Text);
        }

        await SyncAsync(from);
    }

    /// <summary>Asks for a block until it comes.</summary>
    /// <returns>Null: it does not come.</returns>
    public async Task<Heard?> FetchAsync(Neighbour asker, string id, double? seconds = null)
    {
        for (var until = In(seconds ?? Soon); Now < until;)
        {
            await SayAsync(asker, Make.GetBlock(asker.Id, id));
            if (await FindAsync(asker, heard => heard.IsBlock(id), 0.7) is { } block)
            {
                return block;
            }
        }

        return null;
    }

    /// <summary>A gives the block; then the node must be able to show it to B.</summary>
    public async Task MustAcceptAsync(Made block, string otherwise)
    {
        await GiveAsync(A, block);
        if (await FetchAsync(B, block.Id) is null)
        {
            throw new BrokenRuleException(otherwise);
        }
    }

    /// <summary>A gives the block; then the node must not show it to B.</summary>
    public async Task MustRefuseAsync(Made block, string otherwise)
    {
        await GiveAsync(A, block);
        if (await FetchAsync(B, block.Id, AWhile) is not null)
        {
            throw new BrokenRuleException(otherwise);
        }
    }

    /// <summary>The node must be able to show a block of ours before what it does not show means anything.</summary>
    /// <exception cref="CannotTellException">It is not.</exception>
    public async Task<Made> FirstBlockAsync()
    {
        var block = Make.Block(Lines.Genesis);
        await GiveAsync(A, block);
        return await FetchAsync(B, block.Id) is not null
            ? block
            : throw new CannotTellException("The node does not show a block that it was given (W33).");
    }

    /// <summary>The ids of the node's chain, from the first block to the tip.</summary>
    /// <exception cref="CannotTellException">It does not answer.</exception>
    public async Task<IReadOnlyList<string>> ChainAsync(Neighbour asker)
    {
        var chain = new List<string>();
        for (var i = 0; i < MostQuestions; i++)
        {
            string[] locator = chain.Count == 0 ? [] : [chain[^1]];
            await SayAsync(asker, Make.GetHeaders(asker.Id, locator));
            var answer = await FindAsync(asker, heard => heard.Is("BLOCK_HEADERS"))
                ?? throw new CannotTellException(
                    "The node does not answer GET_BLOCK_HEADERS (W35), so its chain is not seen.");
            var before = chain.Count;
            AddChain(chain, answer.Headers);
            if (answer.Headers.Count < MostHeaders || chain.Count == before)
            {
                return chain;
            }
        }

        throw new CannotTellException("It always has more headers, so the end of its chain is not seen.");
    }

    /// <summary>The chain comes first, side branches behind it.</summary>
    private static void AddChain(List<string> chain, IEnumerable<JsonObject> headers)
    {
        foreach (var header in headers)
        {
            if ((string?)header["previous_block_id"] != (chain.Count == 0 ? Lines.Genesis : chain[^1]))
            {
                break;
            }

            chain.Add((string)header["block_id"]!);
        }
    }

    /// <summary>
    /// Whether the chain of a node that ran before has got blocks since that are not of this test: it made them, or
    /// another peer did.
    /// </summary>
    public async Task<bool> HasMovedAsync()
    {
        var said = _lines.Where(line => !line.IsFromTestee).Select(line => line.Text).ToList();
        return await TryChainAsync() is { } chain
            && (!chain.Take(Base.Count).SequenceEqual(Base) || chain.Skip(Base.Count).Any(id =>
                !said.Exists(text => text.Contains($"\"block_id\": \"{id}\"", StringComparison.Ordinal))));
    }

    /// <returns>Null: it does not answer.</returns>
    private async Task<IReadOnlyList<string>?> TryChainAsync()
    {
        try
        {
            return await ChainAsync(C);
        }
        catch (CannotTellException)
        {
            return null;
        }
    }

    /// <summary>Sooner or later, the node's chain is this one.</summary>
    public async Task ChainMustBecomeAsync(IEnumerable<Made> blocks, string otherwise)
    {
        List<string> ids = [.. Base, .. blocks.Select(block => block.Id)];
        IReadOnlyList<string> chain = [];
        for (var until = In(Soon); Now < until; await PassAsync(0.3))
        {
            chain = await ChainAsync(C);
            if (chain.SequenceEqual(ids))
            {
                return;
            }
        }

        throw new BrokenRuleException(
            $"{otherwise} Its chain is {Names(chain, Base.Count)}; it should be {Names(ids, Base.Count)}.");
    }

    /// <summary>Waits for a block that the node itself makes, whichever is the first that is as it should be.</summary>
    /// <exception cref="CannotTellException">It makes none.</exception>
    public async Task<Heard> OwnBlockAsync(Predicate<Heard>? isIt = null)
    {
        foreach (var player in (Neighbour[])[A, B, C])
        {
            player.Fetches = true;
        }

        return await FindAsync(heard => IsOwnBlock(heard) && isIt?.Invoke(heard) != false, 20)
            ?? throw new CannotTellException(
                "The node showed no block of its own within 20 s, with a blockInterval of 4 s.");
    }

    public bool IsOwnBlock(Heard heard) => heard.Is("BLOCK") && heard["sender"] == Node;

    /// <summary>The parent of a block that was heard or said; null: nobody has seen the block.</summary>
    public string? ParentOf(string id)
    {
        if (_heard.Find(one => one.IsBlock(id)) is { } block)
        {
            return block["previous_block_id"];
        }

        var ending = $"\"block_id\": \"{id}\"}}";
        return _lines.Find(line => line.Text.EndsWith(ending, StringComparison.Ordinal)) is { } said
            ? (string?)JsonNode.Parse(said.Text)!["previous_block_id"]
            : null;
    }

    /// <summary>The ids of the transactions in a block.</summary>
    public static IReadOnlyList<string> TransactionsOf(Heard block) =>
        [.. block.Json["transactions"]!.AsArray().Select(one => (string)one!["tx_id"]!)];

    /// <param name="known">So many had been there before, and are left out.</param>
    private static string Names(IReadOnlyList<string> ids, int known) => ids.Count == 0 ? "empty"
        : (known > 0 ? $"{known} blocks that were there before, " : "")
            + string.Join(", ", ids.Skip(known).Select(id => id[..8]));
}
