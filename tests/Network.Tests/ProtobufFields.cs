namespace Blockchain.Network.Tests;

/// <summary>
/// The fields of a protobuf message that are texts, bytes or messages; those that are numbers are passed over.
/// </summary>
/// <remarks>https://protobuf.dev/programming-guides/encoding/</remarks>
internal static class ProtobufFields
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int Bytes = 2;
    private const int Fixed32 = 5;

    /// <returns>The contents of all fields of this number, in their order.</returns>
    public static IEnumerable<ReadOnlyMemory<byte>> Of(ReadOnlyMemory<byte> message, int field)
    {
        while (!message.IsEmpty)
        {
            var tag = ReadVarint(ref message);
            var length = (int)(tag & 7) switch
            {
                Varint => ReadVarint(ref message) & 0,
                Fixed64 => 8UL,
                Fixed32 => 4UL,
                Bytes => ReadVarint(ref message),
                var other => throw new InvalidDataException($"Wire type {other} is none of proto3."),
            };
            var content = message[..checked((int)length)];
            message = message[content.Length..];
            if (tag == (((ulong)field << 3) | Bytes))
            {
                yield return content;
            }
        }
    }

    private static ulong ReadVarint(ref ReadOnlyMemory<byte> message)
    {
        var value = 0UL;
        for (var shift = 0; ; shift += 7)
        {
            var next = message.Span[0];
            message = message[1..];
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
