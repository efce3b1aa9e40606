using System.Buffers;
using System.Runtime.CompilerServices;

namespace Blockchain.Shared.Wire;

/// <summary>A growing buffer rented from the array pool, for text that lives no longer than one call.</summary>
internal struct PooledBytes(int capacity)
{
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Math.Max(capacity, 256));

    public int Length { get; private set; }

    public readonly byte[] Buffer => _buffer;

    public readonly ReadOnlySpan<byte> Written => _buffer.AsSpan(0, Length);

    /// <summary>Appends bytes that the caller is to fill in.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Span<byte> Append(int count)
    {
        Assertions.That(count >= 0 && _buffer.Length > 0, "Nothing is written behind the end of its life.");
        var start = Length;
        if (_buffer.Length - start < count)
        {
            Grow(count);
        }

        Length = start + count;
        return _buffer.AsSpan(start, count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(byte value) => Append(1)[0] = value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Append(scoped ReadOnlySpan<byte> bytes) => bytes.CopyTo(Append(bytes.Length));

    public void Truncate(int length)
    {
        Assertions.That(length >= 0 && length <= Length, "Truncating makes nothing longer.");
        Length = length;
    }

    public void Dispose()
    {
        Assertions.That(_buffer.Length > 0, "A buffer given back twice would be lent out twice.");
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = [];
        Length = 0;
    }

    private void Grow(int count)
    {
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(Length + count, _buffer.Length * 2));
        Written.CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }
}
