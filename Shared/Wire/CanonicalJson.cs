using System.Buffers;

namespace Blockchain.Shared.Wire;

/// <summary>
/// The form of JSON that ids are computed from: as Python's <c>json.dumps(value, sort_keys=True)</c> writes it, see
/// <c>docs/wire.md</c>.
/// </summary>
public static class CanonicalJson
{
    /// <summary>Writes the canonical form of one JSON value of any type.</summary>
    /// <returns>Why the value has none; then nothing is written.</returns>
    public static MalformedReason Write(ReadOnlySpan<byte> json, IBufferWriter<byte> output)
    {
        var writer = new CanonicalWriter(json);
        try
        {
            var reason = writer.Run();
            if (reason == MalformedReason.None)
            {
                output.Write(writer.Written);
            }

            return reason;
        }
        finally
        {
            writer.Dispose();
        }
    }
}
