namespace Blockchain.Conformance.Running;

/// <summary>The occasion did not come. The message is a sentence for the node's author.</summary>
internal sealed class CannotTellException(string message) : Exception(message);
