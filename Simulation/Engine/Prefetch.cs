using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Blockchain.Simulation.Engine;

/// <summary>
/// Asks the processor to fetch what the next events will need while this one is worked on: in a large network nothing
/// of
/// it is in the cache. Only a hint: where an object was moved meanwhile, nothing is gained, and nothing is broken.
/// </summary>
internal static class Prefetch
{
    private const int LineBytes = 64;

    /// <summary>The first bytes of an object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Object(object? target, int lines = 1)
    {
        if (Sse.IsSupported)
        {
            var address = *(byte**)Unsafe.AsPointer(ref target);
            for (var line = 0; line < lines; line++)
            {
                Sse.Prefetch0(address + (line * LineBytes));
            }
        }
    }

    /// <summary>All of a value of at most two lines, which may begin anywhere in the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Value<T>(ref T target)
        where T : struct
    {
        if (Sse.IsSupported)
        {
            var address = (byte*)Unsafe.AsPointer(ref target);
            Sse.Prefetch0(address);
            Sse.Prefetch0(address + Unsafe.SizeOf<T>() - 1);
        }
    }
}
