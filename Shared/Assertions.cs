using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Blockchain.Shared;

/// <summary>
/// Checks what must always hold in the core. On in Debug, in all tests and in simulations that check their invariants;
/// off elsewhere, where the compiler at run time leaves them out.
/// </summary>
public static class Assertions
{
    /// <summary>The switch of the runtime's configuration that turns them on, before the first one is met.</summary>
    public const string Switch = "Blockchain.Shared.Assertions";

    /// <summary>To be asked before a condition that costs more than a comparison.</summary>
    internal static readonly bool AreOn = AppContext.TryGetSwitch(Switch, out var isOn) && isOn;

    /// <exception cref="AssertionFailedException">They are on, and it does not hold.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static void That(bool condition, string whatHolds)
    {
        if (AreOn && !condition)
        {
            Fail(whatHolds);
        }
    }

    [DoesNotReturn]
    private static void Fail(string whatHolds) => throw new AssertionFailedException(whatHolds);
}
