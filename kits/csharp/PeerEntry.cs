using System.Text.Json;
using System.Text.Json.Nodes;

namespace LittleNode;

/// <summary>Who a peer is, and where.</summary>
public sealed record PeerEntry(string Id, string Ip, int Port, bool Nat, bool Light, int NetworkId)
{
    /// <summary>Whether the two can connect to each other (W26).</summary>
    public bool CanReach(PeerEntry other)
    {
        ArgumentNullException.ThrowIfNull(other);
        return !(Nat || other.Nat) || NetworkId == other.NetworkId;
    }

    /// <summary>An entry of PEERS or of the file, or a HELLO.</summary>
    public static PeerEntry Of(string id, JsonObject entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        var flags = entry["flags"] as JsonObject ?? entry;
        return new PeerEntry(
            id, entry.Word("ip"), (int)entry.Number("port", 0), Is(flags["nat"]), Is(flags["light"]),
            (int)entry.Number("localnetworkid", -1));

        static bool Is(JsonNode? flag) => flag?.GetValueKind() == JsonValueKind.True;
    }

    /// <summary>As PEERS has it.</summary>
    public JsonObject ToJson() => new()
    {
        ["peer_id"] = Id,
        ["ip"] = Ip,
        ["port"] = Port,
        ["flags"] = new JsonObject { ["nat"] = Nat, ["light"] = Light },
        ["localnetworkid"] = NetworkId,
    };
}
