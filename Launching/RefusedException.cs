namespace Blockchain.Launching;

/// <summary>What the user asked for cannot be started; the message is one line for them.</summary>
internal sealed class RefusedException(string message) : Exception(message);
