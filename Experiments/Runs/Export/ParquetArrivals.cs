using Parquet;
using Parquet.Schema;

namespace Blockchain.Experiments.Runs.Export;

/// <summary>
/// Arrivals as Parquet: a group of rows is in memory, and written when it is full. Texts repeat, and stand in a
/// dictionary.
/// </summary>
internal sealed class ParquetArrivals : IArrivalTable
{
    private const int GroupRows = 100_000;

    private static readonly DataField Block = new DataField<string>("block", nullable: false);
    private static readonly DataField Peer = new DataField<string>("peer", nullable: false);
    private static readonly DataField From = new DataField("from", typeof(string), isNullable: true);
    private static readonly DataField Hops = new DataField<int?>("hops");
    private static readonly DataField Time = new DataField<double>("time_s");
    private static readonly DataField Delay = new DataField<double>("delay_s");

    private readonly FileStream _file;
    private readonly ParquetWriter _writer;
    private readonly List<ArrivalRow> _rows = new(GroupRows);

    public ParquetArrivals(string path)
    {
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read);
        var schema = new ParquetSchema(Block, Peer, From, Hops, Time, Delay);
        _writer = Wait(ParquetWriter.CreateAsync(schema, _file));
    }

    public void Add(in ArrivalRow row)
    {
        _rows.Add(row);
        if (_rows.Count == GroupRows)
        {
            Flush();
        }
    }

    public void Dispose()
    {
        Flush();
        _writer.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _file.Dispose();
    }

    private void Flush()
    {
        if (_rows.Count > 0)
        {
            WriteGroup().GetAwaiter().GetResult();
            _rows.Clear();
        }
    }

    private async Task WriteGroup()
    {
        using var group = _writer.CreateRowGroup();
        await group.WriteAsync(Block, _rows.ConvertAll(row => row.Block));
        await group.WriteAsync(Peer, _rows.ConvertAll(row => row.Peer));
        await group.WriteAsync(From, _rows.ConvertAll(row => row.From.Length == 0 ? null! : row.From));
        await group.WriteAsync<int>(Hops, _rows.ConvertAll(row => row.Hops).ToArray());
        await group.WriteAsync<double>(Time, _rows.ConvertAll(row => row.TimeSeconds).ToArray());
        await group.WriteAsync<double>(Delay, _rows.ConvertAll(row => row.DelaySeconds).ToArray());
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
