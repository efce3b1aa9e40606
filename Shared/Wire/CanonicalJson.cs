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
        using var tape = JsonTape.Read(json);
        if (tape.Reason == MalformedReason.None)
        {
            output.Write(tape.Canonical(0));
        }

        return tape.Reason;
    }
}
