namespace Blockchain.Launching.Guests.Sandboxing;

/// <summary>Whether a protection is in force, as it came out when it was tried on this machine.</summary>
/// <param name="How">By what it is; or what a program can do.</param>
public sealed record ProtectionState(Protection Protection, bool IsInForce, string How);
