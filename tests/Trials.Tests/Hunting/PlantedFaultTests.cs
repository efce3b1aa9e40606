using System.Runtime.CompilerServices;
using Blockchain.Benchmarks.Hunts;
using Blockchain.Trials.Reading;

namespace Blockchain.Trials.Tests.Hunting;

/// <summary>The table of <c>benchmarks -- hunts</c>, which must not be out of date.</summary>
public sealed class PlantedFaultTests
{
    private static readonly string Root = Path.GetFullPath(Path.Combine(FolderOfThisFile(), "..", "..", ".."));

    public static TheoryData<int> Faults => [.. Enumerable.Range(0, PlantedFaults.All.Count)];

    [Theory]
    [MemberData(nameof(Faults))]
    public void PlantedFault_InTheSource_HasItsPlaceExactlyOnce(int index)
    {
        var fault = PlantedFaults.All[index];
        var source = File.ReadAllText(Path.Combine(Root, "Shared", fault.File));

        Assert.Equal(2, source.Split(fault.Original).Length);
        Assert.NotEqual(fault.Original, fault.Replacement);
    }

    [Theory]
    [MemberData(nameof(Faults))]
    public void PlantedFault_HasAScenario_ThatCanBeRead(int index)
    {
        var path = Path.Combine(Root, "benchmarks", "Hunts", $"{PlantedFaults.All[index].Scenario}.json");
        var result = ScenarioFile.Load(path, File.ReadAllBytes);

        Assert.True(result.Problems.Count == 0, string.Join('\n', result.Problems));
        Assert.Contains(HostNames.Simulation, result.Scenario!.Hosts);
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
