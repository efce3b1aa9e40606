using System.Text;
using Blockchain.Events;
using Blockchain.Lab.Commands;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Messages;

/// <summary>Where the events come from: a file of them, or the nodes of a network that runs.</summary>
internal sealed record EventSource(string Path, NetworkPlan? Running)
{
    public const string Description =
        "A file of events with single messages in it, or the peers.json of a network that runs; default peers.json.";

    /// <summary>Null after what is wrong was written to <paramref name="error"/>.</summary>
    public static EventSource? Open(string path, TextWriter error)
    {
        if (!Directory.Exists(path) && IsEvents(path))
        {
            return new EventSource(path, null);
        }

        return PeersFiles.Read(path, error) is { } plan ? new EventSource(path, plan) : null;
    }

    /// <summary>All events of the file.</summary>
    /// <exception cref="InvalidDataException">It is not what its first line says.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public IReadOnlyList<PeerEvent> ReadAll()
    {
        var events = new List<PeerEvent>();
        var number = 0;
        foreach (var line in File.ReadLines(Path))
        {
            if (EventLine.Read(Encoding.UTF8.GetBytes(line), ++number) is var (_, happened))
            {
                events.Add(happened);
            }
        }

        return events.Exists(happened => happened is MessageTraced)
            ? events
            : throw new InvalidDataException(
                $"{Path}: there are no single messages in it. Record it with simulate --events --messages, or with the "
                + "switch \"Single messages\" of the Observatory on.");
    }

    /// <summary>What to say of a peer that is asked for and is not in it.</summary>
    public string Lacks(PeerId peer) => $"{Path}: peer {peer} is not in it.";

    private static bool IsEvents(string path)
    {
        try
        {
            return System.IO.Path.GetExtension(path) == ".jsonl"
                || File.ReadLines(path).FirstOrDefault()?.Contains("\"schema\"", StringComparison.Ordinal) == true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // It is then read as a network, and that says what is wrong.
            return false;
        }
    }
}
