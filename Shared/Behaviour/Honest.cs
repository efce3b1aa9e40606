namespace Blockchain.Shared.Behaviour;

/// <summary>Does what the protocol asks for.</summary>
internal sealed class Honest : IBehaviour;
