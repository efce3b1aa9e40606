using FieldTable = System.Collections.Generic.IReadOnlyDictionary<
    string, System.Action<Blockchain.Shared.Topology.JsonPlace, Blockchain.Shared.Topology.PeerDraft>>;

namespace Blockchain.Shared.Topology;

/// <summary>The fields of the defaults, of a peer's entry, and of a group's template; each has those before.</summary>
internal static class PeerFields
{
    public const int LargestGroup = 10_000;

    private static readonly JsonFormat<int> Port =
        JsonFormats.Integer(1, NetworkPlan.LastPort, $" (port + {NetworkPlan.HttpPortOffset} is the peer's HTTP port)");

    private static readonly JsonFormat<int> NetworkId =
        JsonFormats.Integer(PeerInfo.NoNetwork, remark: $" ({PeerInfo.NoNetwork}: none)");

    private static readonly JsonFormat<int> Count = JsonFormats.Integer(1, LargestGroup);

    private static readonly JsonFormat<string> Behaviour = JsonFormats.NameOf(Behaviours.All);

    public static FieldTable OfDefaults { get; } = new Dictionary<string, Action<JsonPlace, PeerDraft>>(KnobFields())
    {
        ["behaviour"] = (place, draft) => draft.Behaviour = Behaviour.TryRead(place, out var name) ? name : null,
    };

    public static FieldTable OfPeer { get; } = new Dictionary<string, Action<JsonPlace, PeerDraft>>(
        OfDefaults.Concat(GuestFields.All))
    {
        ["ip"] = (place, draft) => draft.Address = JsonFormats.Address.TryRead(place, out var ip) ? ip : null,
        ["port"] = (place, draft) => draft.Port = Port.TryRead(place, out var port) ? port : null,
        ["nat"] = (place, draft) => draft.Nat = JsonFormats.Flag.TryRead(place, out var nat) && nat,
        ["light"] = (place, draft) => draft.Light = JsonFormats.Flag.TryRead(place, out var light) && light,
        ["localnetworkid"] = (place, draft) => draft.NetworkId = NetworkId.TryRead(place, out var id) ? id : null,
        ["malicious"] = (place, draft) => draft.Malicious = JsonFormats.Flag.TryRead(place, out var bad) ? bad : null,
        ["start"] = (place, draft) => draft.ManualStart = JsonFormats.ManualStart.TryRead(
            place, out var manual) && manual,
        ["region"] = (place, draft) => draft.Region = JsonFormats.Text.TryRead(place, out var region) ? region : null,
        ["knows"] = (place, draft) => draft.Knows = JsonFormats.PeerIds.TryRead(place, out var ids) ? ids : null,
    };

    public static FieldTable OfGroup { get; } = new Dictionary<string, Action<JsonPlace, PeerDraft>>(OfPeer)
    {
        ["count"] = (place, draft) => draft.Count = Count.TryRead(place, out var count) ? count : null,
        ["idPrefix"] = (place, draft) => draft.IdPrefix = JsonFormats.Text.TryRead(
            place, out var prefix) ? prefix : null,
    };

    private static Dictionary<string, Action<JsonPlace, PeerDraft>> KnobFields() =>
        Knobs.All.ToDictionary<Knob, string, Action<JsonPlace, PeerDraft>>(
            knob => knob.Name,
            knob => (place, draft) => draft.Settings = knob.Read(place, draft.Settings),
            StringComparer.Ordinal);
}
