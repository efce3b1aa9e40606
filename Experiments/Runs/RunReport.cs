using System.Globalization;
using Blockchain.Experiments.Plots;
using Blockchain.Shared.Wire;
using Blockchain.Simulation;

namespace Blockchain.Experiments.Runs;

/// <summary>The page about a run.</summary>
internal static class RunReport
{
    public static ReportPage Of(RunManifest manifest)
    {
        var result = manifest.Result!;
        var page = new ReportPage(
            manifest.Request.Name,
            $"A simulation with seed {result.Seed}: {Duration.Clock(result.Elapsed)} of virtual time "
            + $"in {Duration.Seconds(manifest.Took)}.");
        if (manifest.Outcome == Outcome.Interrupted)
        {
            page.Warning("It was interrupted before its end; these are the results up to then.");
        }

        if (result.EndedBecause is { } why)
        {
            page.Warning($"It ended before all blocks were made: {why}.");
        }

        if (manifest.Violation is { } violation)
        {
            page.Warning($"It broke an invariant and stopped. {violation.Message}");
        }

        page.Figures(RunFigures.ForPage(result))
            .Paragraph(
                "Times are medians over all blocks, from a block's making until so many of the honest peers that were "
                + "running then had it, its maker included; never: most blocks did not get so far. Delivered is the "
                + "share of (honest block, honest running peer) pairs at the end where the peer has the block.");
        page.Section("How blocks spread");
        if (result.Blocks.Count == 0)
        {
            page.Paragraph("No block was made.");
        }

        foreach (var picture in RunPictures.OfBlocks(result))
        {
            page.Picture(picture);
        }

        page.Section("Messages");
        foreach (var picture in RunPictures.OfMessages(result))
        {
            page.Picture(picture);
        }

        page.Table(
            ["type", "sent", "received", "redundant", "dropped", "bytes sent"],
            [.. result.Messages.Select(type => new[]
            {
                type.Type.Name(),
                Number(type.Sent),
                Number(type.Received),
                Number(type.Redundant),
                Number(type.Dropped),
                type.Bytes == 0 ? "–" : Number(type.Bytes),
            })]);
        Drops(page, result);
        Invariants(page, manifest);
        return page.Section("The run")
            .Paragraph("This command gives the same results, byte for byte:")
            .Code(manifest.Repeat)
            .Paragraph("Its configuration:")
            .Code(SimulationJson.Write(manifest.Request.Config));
    }

    private static void Drops(ReportPage page, SimulationResult result)
    {
        if (result.Drops.Count > 0)
        {
            page.Section("Drops").Table(
                ["type", "reason", "count"],
                [.. result.Drops.Select(Row)]);
        }
    }

    private static void Invariants(ReportPage page, RunManifest manifest)
    {
        page.Section("Invariants");
        if (manifest.Invariants.Count == 0)
        {
            page.Paragraph("None was checked.");
        }
        else
        {
            page.Table(
                ["name", "outcome", "because"],
                [.. manifest.Invariants.Select(
                    one => new[] { one.Name, manifest.OutcomeOf(one), one.WhyNotPromised ?? "" })]);
        }
    }

    private static string[] Row(DropStatistics drop) => [drop.Type.Name(), drop.Reason.ToString(), Number(drop.Count)];

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
