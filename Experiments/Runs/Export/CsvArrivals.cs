using System.Globalization;
using System.Text;

namespace Blockchain.Experiments.Runs.Export;

/// <summary>Arrivals as comma-separated values.</summary>
internal sealed class CsvArrivals : IArrivalTable
{
    private const int BufferBytes = 1 << 18;

    private readonly StreamWriter _file;

    public CsvArrivals(string path)
    {
        _file = new StreamWriter(path, append: false, new UTF8Encoding(false), BufferBytes) { NewLine = "\n" };
        _file.WriteLine("block,peer,from,hops,time_s,delay_s");
    }

    public void Add(in ArrivalRow row)
    {
        _file.Write(row.Block);
        _file.Write(',');
        _file.Write(Csv.Quote(row.Peer));
        _file.Write(',');
        _file.Write(Csv.Quote(row.From));
        Span<char> numbers = stackalloc char[96];
        numbers.TryWrite(
            CultureInfo.InvariantCulture,
            $",{row.Hops},{row.TimeSeconds:F7},{row.DelaySeconds:F7}\n",
            out var length);
        _file.Write(numbers[..length]);
    }

    public void Dispose() => _file.Dispose();
}
