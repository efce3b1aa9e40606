namespace Blockchain.Trials.Reports;

/// <summary>Cases that belong together.</summary>
/// <param name="Took">Null: not measured.</param>
/// <param name="Output">What there is to say beside them; may be empty.</param>
public sealed record JUnitSuite(
    string Name, IReadOnlyList<JUnitCase> Cases, TimeSpan? Took = null, string Output = "");
