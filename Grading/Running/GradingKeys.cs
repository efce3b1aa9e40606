using System.Security.Cryptography;
using System.Text;
using Blockchain.Conformance;
using Blockchain.Grading.Sheets;
using Blockchain.Grading.Submissions;
using Blockchain.Launching.Guests;
using Blockchain.Shared;
using Blockchain.Simulation;
using Blockchain.Trials;
using Blockchain.Trials.Reading;

namespace Blockchain.Grading.Running;

/// <summary>What a result depends on: with the same key it would come out the same.</summary>
internal static class GradingKeys
{
    private static readonly string Version = string.Join(
        ' ',
        new[]
        {
            typeof(GradingKeys), typeof(ConformanceRun), typeof(GuestProcess), typeof(SimulationRun), typeof(Peer),
            typeof(Scenario),
        }.Select(type => type.Module.ModuleVersionId));

    /// <param name="sandbox">In which sandbox.</param>
    public static string Of(
        Submission submission, Sheet sheet, Check check, IReadOnlyList<ulong> seeds, string sandbox)
    {
        var text = new StringBuilder()
            .AppendLine(Version).AppendLine(sandbox).AppendLine(submission.Hash)
            .AppendLine($"{sheet.Limits}").AppendLine(check.Name);
        if (check is RuleCheck rules)
        {
            text.AppendJoin(' ', rules.Rules);
        }
        else if (check is ScenarioCheck scenario)
        {
            text.AppendJoin(' ', seeds).AppendLine().AppendJoin(' ', scenario.As).AppendLine();
            if (ScenarioFile.Load(scenario.File, File.ReadAllBytes, seeds[0]).Scenario is { } read)
            {
                text.Append(ScenarioFile.Write(read));
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
