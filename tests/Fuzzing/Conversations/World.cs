using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Conversations;

/// <summary>
/// The blocks and transactions that the neighbours can talk of: a random tree, in which some branches repeat a
/// transaction; and what is built on the peer's own chain on the way.
/// </summary>
internal sealed class World
{
    public const int Blocks = 40;
    public const int Transactions = 30;

    private static readonly PeerId Maker = new("maker");

    private readonly SeededRandom _random;
    private readonly List<Block> _blocks = [];
    private readonly List<Transaction> _transactions = [];
    private readonly Dictionary<Hash256, Block> _byId = [];

    public World(ulong seed)
    {
        _random = new SeededRandom(seed);
        for (var i = 0; i < Transactions; i++)
        {
            _transactions.Add(TransactionFactory.Create("maker", "taker", i, 1_795_000_000 + i));
        }

        for (var i = 0; i < Blocks; i++)
        {
            // Mostly on one of the last, so that there are long branches.
            var parent = i == 0 || _random.Chance(0.05)
                ? Hash256.Genesis
                : _blocks[Math.Max(0, i - 1 - _random.Next(_random.Chance(0.7) ? 2 : i))].Id;
            var transactions = _random.Many(0, 3, () => _random.Next(Transactions)).Distinct();
            _blocks.Add(Make(parent, [.. transactions.Select(TransactionAt)]));
        }
    }

    public Block BlockAt(int number) => _blocks[number % _blocks.Count];

    public Transaction TransactionAt(int number) => _transactions[number % _transactions.Count];

    public Block? Find(Hash256 id) => _byId.GetValueOrDefault(id);

    /// <summary>An id that no block has.</summary>
    public static Hash256 NobodyHas(int number) => new SeededRandom((ulong)number).NextHash();

    public Block Make(Hash256 parent, IReadOnlyList<Transaction> transactions)
    {
        var block = BlockFactory.Create(Maker, 1_795_000_000 + _byId.Count, parent, transactions);
        _byId.Add(block.Id, block);
        return block;
    }

    /// <summary>The same with an id that is not its hash.</summary>
    public static Block Forged(Block block) => BlockFactory.CreateForged(
        block.Header.Sender,
        block.Header.Timestamp,
        block.PreviousId,
        [.. block.Transactions],
        new SeededRandom((ulong)block.Id.GetHashCode()).NextHash());

    public static byte[] Forged(Transaction transaction)
    {
        var line = Wire.LineDraw.LineOf(transaction);
        return [.. System.Text.Encoding.UTF8.GetBytes(
            System.Text.Encoding.UTF8.GetString(line).Replace("taker", "thief", StringComparison.Ordinal))];
    }
}
