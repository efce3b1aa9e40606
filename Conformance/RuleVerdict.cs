namespace Blockchain.Conformance;

/// <summary>What a test found out about a rule.</summary>
public enum RuleVerdict
{
    Held,
    Broken,

    /// <summary>It could not be told: the occasion did not come, or this form does not show it.</summary>
    Unknown,
}
