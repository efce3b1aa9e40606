namespace Blockchain.Simulation.Invariants;

/// <summary>What must hold in every run.</summary>
public static class StandardInvariants
{
    private static readonly IReadOnlyDictionary<string, Func<IInvariant>> ByName = new Func<IInvariant>[]
    {
        () => new SameBlocksSameChain(),
        () => new NoHonestPeerBanned(),
        () => new NatHolds(),
        () => new NoTransactionTwice(),
        () => new IdsVerify(),
        () => new QueuesWithinLimits(),
        () => new EveryBlockEverywhere(),
    }.ToDictionary(make => make().Name, StringComparer.Ordinal);

    public static IReadOnlyCollection<string> Names => [.. ByName.Keys];

    /// <summary>New ones, since an invariant may remember what it saw.</summary>
    /// <param name="names">Null: all.</param>
    /// <exception cref="KeyNotFoundException">There is no such invariant.</exception>
    public static IReadOnlyList<IInvariant> Of(IReadOnlyList<string>? names) =>
        [.. (names ?? [.. ByName.Keys]).Select(name => ByName[name]())];
}
