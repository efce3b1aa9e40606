namespace Blockchain.Conformance.Rules;

/// <summary>Rules of which nothing can be seen from outside.</summary>
internal static class Untold
{
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["W24"] = "It holds only where several peers share one address; a test gives each peer an address of its own.",
    };
}
