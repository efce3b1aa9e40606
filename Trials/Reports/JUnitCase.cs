namespace Blockchain.Trials.Reports;

/// <summary>One result.</summary>
/// <param name="Message">Why it is no success, in a line.</param>
/// <param name="Text">All that there is to say of it.</param>
/// <param name="Took">Null: not measured.</param>
public sealed record JUnitCase(
    string ClassName,
    string Name,
    JUnitOutcome Outcome = JUnitOutcome.Success,
    string Message = "",
    string Text = "",
    TimeSpan? Took = null);
