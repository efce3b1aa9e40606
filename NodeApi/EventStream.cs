using System.Text;

namespace Blockchain.NodeApi;

/// <summary>What both ends of <c>GET /events</c> must know.</summary>
public static class EventStream
{
    public const string Path = "/events";

    /// <summary>The same with every single message, which nobody else is told of.</summary>
    public const string PathWithMessages = Path + "?messages=true";

    /// <summary>Sent at intervals, so that a dead connection is noticed. A kind that no reader knows.</summary>
    public const string HeartbeatType = "heartbeat";

    public static TimeSpan HeartbeatInterval { get; } = TimeSpan.FromSeconds(15);

    /// <summary>The heartbeat's data: passed over by whoever reads it as an event.</summary>
    public static byte[] HeartbeatData { get; } = Encoding.UTF8.GetBytes($$"""{"kind":"{{HeartbeatType}}"}""");
}
