namespace Blockchain.Conformance;

/// <summary>One line that was exchanged with the testee, as it was written.</summary>
/// <param name="At">Since the start of the test.</param>
/// <param name="IsFromTestee">The testee wrote it; else the peer did.</param>
/// <param name="Peer">The other end: a peer of the test, or a stranger, "@" and its address.</param>
public sealed record ExchangedLine(TimeSpan At, bool IsFromTestee, string Peer, string Text);
