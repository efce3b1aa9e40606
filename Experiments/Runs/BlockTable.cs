using System.Globalization;
using System.Text;
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
}
