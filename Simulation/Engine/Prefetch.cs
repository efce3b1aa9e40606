using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace Blockchain.Simulation.Engine;

/// <summary>
/// Asks the processor to fetch what the next events will need while this one is worked on: in a large network nothing of
/// it is in the cache. Only a hint: where an object was moved meanwhile, nothing is gained, and nothing is broken.
/// </summary>
internal static class Prefetch
{
    /// <summary>The first bytes of an object.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Object(object? target)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(*(void**)Unsafe.AsPointer(ref target));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static unsafe void Value<T>(ref T target)
        where T : struct
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(Unsafe.AsPointer(ref target));
        }
    }
}
