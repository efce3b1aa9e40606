using System.Buffers;
using System.Text.Json;
using Blockchain.Shared.Neighbours;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Api;

/// <summary>What waits for each peer, by priority, as it would go over the wire.</summary>
internal sealed class QueueAnswer : IResult
{
    private readonly (string Peer, Message[][] Waiting)[] _queues;

    private QueueAnswer((string Peer, Message[][] Waiting)[] queues) => _queues = queues;

    public static QueueAnswer Of(Blockchain.Shared.Peer peer) =>
        new([.. peer.Table.All.Select(target => (target.Id.Value, Waiting(target)))]);

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        var line = new ArrayBufferWriter<byte>();
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        json.WriteStartObject();
        foreach (var (peer, waiting) in _queues)
        {
            json.WriteStartObject(peer);
            for (var priority = MessagePriority.High; priority <= MessagePriority.Low; priority++)
            {
                json.WriteStartArray(priority.ToString().ToUpperInvariant());
                foreach (var message in waiting[(int)priority])
                {
                    line.ResetWrittenCount();
                    MessageCodec.Write(line, message);
                    json.WriteRawValue(line.WrittenSpan.TrimEnd((byte)'\n'), skipInputValidation: true);
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            await json.FlushAsync(httpContext.RequestAborted);
        }

        json.WriteEndObject();
    }

    private static Message[][] Waiting(RemotePeer target) =>
    [
        .. Enum.GetValues<MessagePriority>().Select(priority => target.Queue.Waiting(priority).ToArray()),
    ];
}
