using System.Buffers;
using System.Text;
using System.Text.Json;
using Blockchain.Events;
using Blockchain.Shared;
using Blockchain.Simulation;
using Blockchain.Trials.Acts;

namespace Blockchain.Experiments.Runs;

/// <summary>
/// Writes what happens in a run as JSON lines, in the schema that nodes tell it in; the first line names the schema.
/// Times are those of the peers' clocks. Faults and steps stand among them as remarks.
/// </summary>
internal sealed class EventLogWriter : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly FileStream _file;

    // The writer would flush a file with each event.
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;
    private readonly List<PeerLog> _recorders = [];
    private readonly IReadOnlyList<Remark> _remarks;
    private int _remarked;

    public EventLogWriter(string path, SimulationConfig config)
        : this(path, [.. config.Faults.OrderBy(fault => fault.At).Select(fault => new Remark(
            SimulationRun.Start + fault.At, Remark.Everybody, ActText.Format(fault)))])
    {
    }

    /// <param name="remarks">What is to stand among the events, in the order of time; they may still become more.</param>
    public EventLogWriter(string path, IReadOnlyList<Remark> remarks)
    {
        _remarks = remarks;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes);
        _json = new Utf8JsonWriter(_line);
        var first = $$"""{"schema":"{{EventJson.Schema}}","version":{{EventJson.Version}}}""";
        _file.Write(Encoding.UTF8.GetBytes(first + "\n"));
    }

    /// <summary>Lines below the first one.</summary>
    public long Count { get; private set; }

    /// <summary>What is to hear of all that happens in the peer.</summary>
    public ISimulatedPeerObserver Observe(SimulatedPeer peer)
    {
        var recorder = new PeerLog(peer, Tell);
        _recorders.Add(recorder);
        return recorder;
    }

    /// <summary>Tells what is still only counted.</summary>
    public void Complete(TimeSpan now)
    {
        _recorders.ForEach(recorder => recorder.Flush(now));
        TellRemarks(now);
        _file.Flush();
    }

    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }

    private void Tell(PeerEvent value)
    {
        TellRemarks(value.Time);
        Write(value);
    }

    private void TellRemarks(TimeSpan now)
    {
        while (_remarked < _remarks.Count && _remarks[_remarked].Time <= now)
        {
            Write(_remarks[_remarked++]);
        }
    }

    private void Write(PeerEvent value)
    {
        EventJson.Write(_json, value);
        _json.Flush();
        _line.Write("\n"u8);
        _file.Write(_line.WrittenSpan);
        _line.ResetWrittenCount();
        _json.Reset();
        Count++;
    }
}
