using System.Globalization;
using Blockchain.Experiments.Attacks;
using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

/// <summary>
/// A short version of <c>benchmarks -- attack --only mix</c>: by strangers, by newcomers with names that they made up,
/// and by ten malicious peers of the network, at the same time.
/// </summary>
public sealed class AttackTests
{
    /// <summary>Far more than promised: a delay also depends on what else the machine does.</summary>
    private const double GenerousPing = 10;

    /// <summary>
    /// Far less than the gigabytes that a pool or a line without a bound in bytes takes. How near the network comes to
    /// what is promised is measured by the benchmark, on a machine that does nothing else.
    /// </summary>
    private const long GenerousBytes = 400 * 1024 * 1024;

    private static readonly TimeSpan Time = TimeSpan.FromSeconds(10);

    /// <summary>Started by hand, since it takes a minute: <c>-explicit only -class '*AttackTests'</c>.</summary>
    [Fact(Explicit = true)]
    public async Task WorstMix_ByStrangersAndTenMaliciousPeers_HarmsNobodyAndIsHealedAfterwards()
    {
        Assert.SkipWhen(
            TestPlan.Addresses == Launching.AddressMode.Single,
            "This machine has no loopback address but 127.0.0.1, so that a connection's source tells nothing.");
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Memory is read from /proc.");

        var figures = await new AttackRun(TestPlan.OfShippedFile(), Time).RunAsync(
            AttackCatalogue.Mix(count: 30), Roles.All, TestContext.Current.CancellationToken);
        TestContext.Current.TestOutputHelper!.WriteLine(figures.ToString());

        Assert.Empty(figures.Died);
        Assert.Empty(figures.Banned);
        Assert.True(
            figures.Bytes < GenerousBytes,
            string.Create(CultureInfo.InvariantCulture, $"{figures.BiggestNode} had {figures.Bytes >> 20} MB"));
        Assert.True(figures.PingMedian < GenerousPing, $"a PING took {figures.PingMedian} s");
        Assert.True(figures.FalseHeaders <= Promises.HeadersOnTheirWay, $"a light peer: {figures.FalseHeaders} ahead");
        Assert.True(figures.HealedAfter is not null, "the chains were never equal again");
    }
}
