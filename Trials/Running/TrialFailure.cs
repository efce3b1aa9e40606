namespace Blockchain.Trials.Running;

/// <summary>What could be seen when something did not hold, or could not be told, for the first time.</summary>
/// <param name="At">Since the network was up.</param>
/// <param name="States">Each peer in one line.</param>
/// <param name="LastEvents">What happened last, one line each.</param>
public sealed record TrialFailure(TimeSpan At, IReadOnlyList<string> States, IReadOnlyList<string> LastEvents);
