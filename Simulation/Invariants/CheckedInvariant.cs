namespace Blockchain.Simulation.Invariants;

/// <summary>An <see cref="IInvariant"/> that a run was asked to check.</summary>
/// <param name="Name"><see cref="IInvariant.Name"/>.</param>
/// <param name="WhyNotPromised"><see cref="IInvariant.WhyNotPromised"/> as the run is now; null: it is checked.</param>
public sealed record CheckedInvariant(string Name, string? WhyNotPromised);
