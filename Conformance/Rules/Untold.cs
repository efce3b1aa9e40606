namespace Blockchain.Conformance.Rules;

/// <summary>Rules of which nothing can be seen from outside.</summary>
internal static class Untold
{
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
    };
}
