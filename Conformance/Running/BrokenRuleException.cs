namespace Blockchain.Conformance.Running;

/// <summary>
/// The node did what the rule forbids, or not what it asks for. The message is a sentence for its author.
/// </summary>
internal sealed class BrokenRuleException(string message) : Exception(message);
