using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Blockchain.Shared.Topology;

/// <summary>
/// Writes a plan as a file: a line for the defaults and one for each peer; only what differs from them.
/// </summary>
internal static class PeersFileWriter
{
    public static string Write(NetworkPlan plan)
    {
        var text = new StringBuilder("{\n");
        if (plan.IsSigned)
        {
            text.Append("  \"identity\": \"signed\",\n");
        }

        if (plan.Work > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  \"work\": {plan.Work},\n");
        }

        if (plan.Data is { } data)
        {
            text.Append("  \"data\": \"").Append(JsonEncodedText.Encode(data)).Append("\",\n");
        }

        var defaults = OneLine(writer => WriteKnobs(writer, plan.Defaults, PeerSettings.Default));
        if (defaults != "{}")
        {
            text.Append("  \"defaults\": ").Append(defaults).Append(",\n");
        }

        if (plan.Restarts)
        {
            text.Append("  \"restart\": \"always\",\n");
        }

        if (plan.Regions is { } regions)
        {
            text.Append("  \"regions\": ").Append(OneLine(writer => LinksWriter.WriteRegions(writer, regions)))
                .Append(",\n");
        }

        text.Append("  \"peers\": {");
        var separator = "\n";
        foreach (var peer in plan.Peers)
        {
            text.Append(separator).Append("    ")
                .Append('"').Append(JsonEncodedText.Encode(peer.Id.Value)).Append("\": ")
                .Append(OneLine(writer => WritePeer(writer, peer, plan.Defaults)));
            separator = ",\n";
        }

        text.Append("\n  }");
        AppendLinks(text, plan);
        if (plan.IsSigned && plan.Peers.Any(peer => peer.Key is not null))
        {
            text.Append(",\n  \"keys\": ").Append(PublicKeys.Section(plan));
        }

        return text.Append("\n}\n").ToString();
    }

    private static void AppendLinks(StringBuilder text, NetworkPlan plan)
    {
        var separator = ",\n  \"links\": [\n";
        foreach (var (from, link) in LinksWriter.EntriesOf(plan))
        {
            text.Append(separator).Append("    ").Append(OneLine(writer => LinksWriter.Write(writer, from, link)));
            separator = ",\n";
        }

        text.Append(separator == ",\n" ? "\n  ]" : "");
    }

    private static void WritePeer(Utf8JsonWriter writer, PeerPlan peer, PeerSettings defaults)
    {
        var info = peer.Info;
        writer.WriteString("ip", info.Ip);
        writer.WriteNumber("port", info.Port);
        if (info.Nat)
        {
            writer.WriteBoolean("nat", true);
        }

        if (info.Light)
        {
            writer.WriteBoolean("light", true);
        }

        if (info.NetworkId != PeerInfo.NoNetwork)
        {
            writer.WriteNumber("localnetworkid", info.NetworkId);
        }

        if (peer.Malicious)
        {
            writer.WriteBoolean("malicious", true);
        }
        else if (!peer.IsHonest)
        {
            writer.WriteString("behaviour", peer.Behaviour);
        }

        if (peer.ManualStart)
        {
            writer.WritePropertyName("start");
            JsonFormats.ManualStart.Write(writer, true);
        }

        if (peer.Program is { } program)
        {
            GuestFields.Write(writer, program);
        }

        if (peer.Region is { } region)
        {
            writer.WriteString("region", region);
        }

        if (peer.Knows is { } knows)
        {
            writer.WritePropertyName("knows");
            JsonFormats.PeerIds.Write(writer, knows);
        }

        WriteKnobs(writer, peer.Settings, defaults);
    }

    private static void WriteKnobs(Utf8JsonWriter writer, PeerSettings settings, PeerSettings inherited)
    {
        if (ReferenceEquals(settings, inherited))
        {
            return;
        }

        foreach (var knob in Knobs.All.Where(knob => !knob.IsSame(settings, inherited)))
        {
            writer.WritePropertyName(knob.Name);
            knob.Write(writer, settings);
        }
    }

    private static string OneLine(Action<Utf8JsonWriter> writeMembers)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(bytes))
        {
            writer.WriteStartObject();
            writeMembers(writer);
            writer.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
