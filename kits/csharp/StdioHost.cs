using System.Text.Json.Nodes;

namespace LittleNode;

/// <summary>
/// Virtual time: the simulator says what happens, a line each; the node's answer ends with {"done": true}.
/// </summary>
internal sealed class StdioHost(Node node) : INodeHost
{
    private readonly List<JsonObject> _lines = [];

    public void Transmit(string to, JsonObject message) =>
        _lines.Add(new JsonObject { ["to"] = to, ["message"] = message.DeepClone() });

    public void Wake(double at, string name) => _lines.Add(new JsonObject { ["wake"] = at, ["timer"] = name });

    public void Run(TextReader input, TextWriter output)
    {
        while (input.ReadLine() is { } line)
        {
            var turn = JsonNode.Parse(line)!.AsObject();
            var now = turn.Number("now", 0);
            if (turn["start"] is JsonObject start)
            {
                var peers = start.Items("peers").Select(peer => peer!.AsObject());
                node.Begin(
                    this,
                    now,
                    start.Word("id"),
                    peers.Select(peer => PeerEntry.Of(peer.Word("peer_id"), peer)),
                    start["settings"]!.AsObject(),
                    (int)(long)start.Number("seed", 0));
            }
            else if (turn["message"] is JsonObject message)
            {
                node.Receive(now, turn.Word("from"), message);
            }
            else if (turn.ContainsKey("timer"))
            {
                node.Now = now;
                node.OnTimer(turn.Word("timer"));
            }

            _lines.Add(new JsonObject { ["done"] = true });
            output.Write(string.Concat(_lines.Select(answer => answer.ToJsonString() + "\n")));
            output.Flush();
            _lines.Clear();
        }
    }
}
