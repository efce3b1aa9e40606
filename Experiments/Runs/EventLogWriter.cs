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
/// Times are those of the peers' clocks. Faults stand among them as remarks.
/// </summary>
internal sealed class EventLogWriter : IDisposable
{
    private const int BufferBytes = 1 << 20;

    private readonly FileStream _file;

    // The writer would flush a file with each event.
    private readonly ArrayBufferWriter<byte> _line = new();
    private readonly Utf8JsonWriter _json;
    private readonly List<PeerLog> _recorders = [];
    private readonly Queue<Act> _faults;
    private readonly bool _messages;

    /// <param name="faults">What the configuration has done to the network.</param>
    /// <param name="messages">Whether every single message is written too.</param>
    public EventLogWriter(string path, IEnumerable<Act> faults, bool messages = false)
    {
        _messages = messages;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, BufferBytes);
        _json = new Utf8JsonWriter(_line);
        _faults = new Queue<Act>(faults.OrderBy(fault => fault.At));
        var first = $$"""{"schema":"{{EventJson.Schema}}","version":{{EventJson.Version}}}""";
        _file.Write(Encoding.UTF8.GetBytes(first + "\n"));
    }

    /// <summary>Lines below the first one.</summary>
    public long Count { get; private set; }

    /// <summary>What is to hear of all that happens in the peer.</summary>
    public ISimulatedPeerObserver Observe(SimulatedPeer peer)
    {
        var recorder = new PeerLog(peer, Tell, _messages);
        _recorders.Add(recorder);
        return recorder;
    }

    /// <summary>Marks the moment at which the run is.</summary>
    public void Add(Remark remark) => Tell(remark);

    /// <summary>Tells what is still only counted.</summary>
    public void Complete(TimeSpan now)
    {
        _recorders.ForEach(recorder => recorder.Flush(now));
        TellFaults(now);
        _file.Flush();
    }

    public void Dispose()
    {
        _json.Dispose();
        _file.Dispose();
    }

    private void Tell(PeerEvent value)
    {
        TellFaults(value.Time);
        Write(value);
    }

    private void TellFaults(TimeSpan now)
    {
        while (_faults.TryPeek(out var fault) && SimulationRun.Start + fault.At <= now)
        {
            Write(new Remark(SimulationRun.Start + _faults.Dequeue().At, Remark.Everybody, ActText.Format(fault)));
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
