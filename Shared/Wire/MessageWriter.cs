using System.Buffers;
using System.Globalization;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Writes messages with their keys in the order of <c>docs/wire.md</c> and the separators of Python's
/// <c>json.dumps</c>, as the original's nodes do.
/// </summary>
internal static class MessageWriter
{
    public static void Write(IBufferWriter<byte> output, Message message)
    {
        if (AsItCame(message) is { IsEmpty: false } json)
        {
            var line = output.GetSpan(json.Length + 1);
            json.Span.CopyTo(line);
            line[json.Length] = (byte)'\n';
            output.Advance(json.Length + 1);
            return;
        }

        var scratch = new PooledBytes(512);
        try
        {
            WriteObject(ref scratch, message);
            scratch.Append((byte)'\n');
            output.Write(scratch.Written);
        }
        finally
        {
            scratch.Dispose();
        }
    }

    private static ReadOnlyMemory<byte> AsItCame(Message message) => message switch
    {
        Transaction transaction => transaction.Json,
        Block block => block.Json,
        Relay relay => relay.Json,
        _ => default,
    };

    /// <summary>The message without the end of its line.</summary>
    public static void WriteObject(ref PooledBytes output, Message message)
    {
        if (AsItCame(message) is { IsEmpty: false } json)
        {
            output.Append(json.Span);
            return;
        }

        if (message is not ControlMessage control)
        {
            throw new ArgumentException($"{message.Type} cannot be written.", nameof(message));
        }

        output.Append("{\"type\": \""u8);
        WriteAscii(ref output, message.Type.Name());
        output.Append("\", \"sender\": "u8);
        CanonicalText.Write(control.Sender.Value, ref output);
        WriteFields(ref output, control);
        output.Append(", \"message_id\": \""u8);
        control.Id.ToGuid().TryFormat(output.Append(36), out _, "D");
        output.Append((byte)'"');
        WriteTrace(ref output, message.TraceParent, message.TraceState);
        output.Append((byte)'}');
    }

    /// <summary>The trace context, if there is one, as further fields of an object.</summary>
    public static void WriteTrace(ref PooledBytes output, string? traceParent, string? traceState)
    {
        if (traceParent is null)
        {
            return;
        }

        output.Append(", \"traceparent\": "u8);
        CanonicalText.Write(traceParent, ref output);
        if (traceState is not null)
        {
            output.Append(", \"tracestate\": "u8);
            CanonicalText.Write(traceState, ref output);
        }
    }

    private static void WriteFields(ref PooledBytes output, ControlMessage message)
    {
        switch (message)
        {
            case Hello hello:
                WriteInfo(ref output, hello.Info);
                RuleWriter.WriteRelay(ref output, hello.Relay);
                break;
            case Ping ping:
                WriteTimestamp(ref output, ping.Timestamp);
                break;
            case Pong pong:
                WriteTimestamp(ref output, pong.Timestamp);
                break;
            case Inv inv:
                WriteIds(ref output, ", \"block_ids\": "u8, inv.BlockIds);
                break;
            case GetBlock getBlock:
                WriteIds(ref output, ", \"block_ids\": "u8, getBlock.BlockIds);
                output.Append(getBlock.Compact ? ", \"compact\": true"u8 : default);
                break;
            case GetBlockHeaders { Locator.Count: > 0 } getHeaders:
                WriteIds(ref output, ", \"locator\": "u8, getHeaders.Locator);
                break;
            case BlockHeaders headers:
                WriteHeaders(ref output, headers);
                break;
            case PeerList list:
                WritePeers(ref output, list);
                break;
            case Challenge challenge:
                output.Append(", \"challenge\": "u8);
                WriteId(ref output, challenge.Value);
                break;
            case Proof proof:
                output.Append(", \"target\": "u8);
                CanonicalText.Write(proof.Target.Value, ref output);
                WriteSignature(ref output, proof.Signature);
                break;
            case Relay relay:
                output.Append(", \"target\": "u8);
                CanonicalText.Write(relay.Target.Value, ref output);
                output.Append(", \"payload\": "u8);
                WriteObject(ref output, relay.Payload);
                if (relay.Signature is { } signature)
                {
                    WriteSignature(ref output, signature);
                }

                break;
            default:
                RuleWriter.WriteFields(ref output, message);
                break;
        }
    }

    private static void WriteHeaders(ref PooledBytes output, BlockHeaders message)
    {
        output.Append(", \"headers\": ["u8);
        for (var i = 0; i < message.Headers.Count; i++)
        {
            var header = message.Headers[i];
            output.Append(i == 0 ? "{\"sender\": "u8 : ", {\"sender\": "u8);
            CanonicalText.Write(header.Sender.Value, ref output);
            WriteTimestamp(ref output, header.Timestamp);
            output.Append(", \"block_id\": "u8);
            WriteId(ref output, header.Id);
            output.Append(", \"previous_block_id\": "u8);
            WriteId(ref output, header.PreviousId);
            output.Append((byte)'}');
        }

        output.Append((byte)']');
    }

    private static void WritePeers(ref PooledBytes output, PeerList message)
    {
        output.Append(", \"peers\": ["u8);
        for (var i = 0; i < message.Peers.Count; i++)
        {
            output.Append(i == 0 ? "{\"peer_id\": "u8 : ", {\"peer_id\": "u8);
            CanonicalText.Write(message.Peers[i].Id.Value, ref output);
            WriteInfo(ref output, message.Peers[i]);
            output.Append((byte)'}');
        }

        output.Append((byte)']');
    }

    private static void WriteInfo(ref PooledBytes output, PeerInfo info)
    {
        output.Append(", \"ip\": "u8);
        CanonicalText.Write(info.Ip, ref output);
        output.Append(", \"port\": "u8);
        WriteAscii(ref output, info.Port.ToString(CultureInfo.InvariantCulture));
        output.Append(
            info.Nat ? ", \"flags\": {\"nat\": true, \"light\": "u8 : ", \"flags\": {\"nat\": false, \"light\": "u8);
        output.Append(info.Light ? "true}, \"localnetworkid\": "u8 : "false}, \"localnetworkid\": "u8);
        WriteAscii(ref output, info.NetworkId.ToString(CultureInfo.InvariantCulture));
    }

    private static void WriteTimestamp(ref PooledBytes output, double timestamp)
    {
        output.Append(", \"timestamp\": "u8);
        CanonicalNumber.Write(timestamp, ref output);
    }

    public static void WriteIds(ref PooledBytes output, ReadOnlySpan<byte> key, IReadOnlyList<Hash256> ids)
    {
        output.Append(key);
        output.Append((byte)'[');
        for (var i = 0; i < ids.Count; i++)
        {
            if (i > 0)
            {
                output.Append(", "u8);
            }

            WriteId(ref output, ids[i]);
        }

        output.Append((byte)']');
    }

    public static void WriteId(ref PooledBytes output, Hash256 id)
    {
        if (id.IsGenesis)
        {
            output.Append("\"GENESIS\""u8);
            return;
        }

        output.Append((byte)'"');
        id.WriteHex(output.Append(Hash256.HexLength));
        output.Append((byte)'"');
    }

    /// <summary>A signature as a further field of an object.</summary>
    public static void WriteSignature(ref PooledBytes output, Signature signature)
    {
        output.Append(", \"signature\": \""u8);
        signature.WriteHex(output.Append(Signature.HexLength));
        output.Append((byte)'"');
    }

    public static void WriteAscii(ref PooledBytes output, string text) =>
        System.Text.Encoding.ASCII.GetBytes(text, output.Append(text.Length));
}
