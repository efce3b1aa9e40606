using System.Globalization;
using System.Text;
using Blockchain.Shared;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs;

/// <summary>Blocks as comma-separated values below a line of names; docs/simulator.md explains these.</summary>
internal static class BlockTable
{
    private const string Columns = "block,maker,height,made_s,on_chain,reached,meant_for,half_s,most_s,all_s";

    public static string Of(IEnumerable<BlockStatistics> blocks)
    {
        var text = new StringBuilder(Columns).Append('\n');
        foreach (var block in blocks)
        {
            var (made, onChain) = (block.MadeAt.TotalSeconds, block.OnChain ? 1 : 0);
            text.Append(CultureInfo.InvariantCulture, $"{block.Id},{Csv.Quote(block.Maker.Value)},{block.Height},")
                .Append(CultureInfo.InvariantCulture, $"{made:F6},{onChain},{block.Reached},{block.MeantFor},")
                .Append(CultureInfo.InvariantCulture, $"{block.Half:F6},{block.Most:F6},{block.All:F6}\n");
        }

        return text.ToString();
    }

    /// <summary>What <see cref="Of"/> has written.</summary>
    /// <exception cref="FormatException">It is another table.</exception>
    public static IEnumerable<BlockStatistics> Read(string text)
    {
        var rows = Csv.Read(text);
        return rows.Count > 0 && string.Join(',', rows[0]) == Columns && rows.All(row => row.Count == rows[0].Count)
            ? rows.Skip(1).Select(Block)
            : throw new FormatException($"The table of blocks has other columns than {Columns}.");
    }

    private static BlockStatistics Block(List<string> row) => new(
        row[0], new PeerId(row[1]), Whole(row[2]), TimeSpan.FromSeconds(Csv.ParseNumber(row[3]) ?? 0), row[4] == "1",
        Whole(row[5]), Whole(row[6]), Csv.ParseNumber(row[7]), Csv.ParseNumber(row[8]), Csv.ParseNumber(row[9]));

    private static int Whole(string cell) => int.Parse(cell, CultureInfo.InvariantCulture);
}
