using System.Diagnostics;
using Blockchain.Launching.Guests;
using Blockchain.Launching.Guests.Sandboxing;

namespace Blockchain.Grading.Tests.Sandboxing;

/// <summary>Evil programs, each within bounds. What a machine cannot protect from is skipped, with the reason.</summary>
public sealed class SandboxTests(SandboxFixture sandboxes) : IClassFixture<SandboxFixture>
{
    private static readonly GuestLimits Limits = new()
    {
        Turn = TimeSpan.FromSeconds(10),
        Memory = 128 * 1024 * 1024,
        Output = 16 * 1024 * 1024,
        ErrorBytes = 4 * 1024 * 1024,
        Processes = 40,
        Cpu = TimeSpan.FromSeconds(20),
    };

    public static TheoryData<string> All => ["unshare", "bwrap", "podman", "none"];

    [Theory]
    [MemberData(nameof(All))]
    public void Protections_OfASandbox_AreAllSpokenOf(string name) => Assert.Equal(
        Enum.GetValues<Protection>(), sandboxes.Get(name).Protections.Select(state => state.Protection));

    [Theory]
    [MemberData(nameof(All))]
    public void Turn_OfAnHonestProgram_IsAnswered(string name)
    {
        using var process = sandboxes.Get(name).Start(SandboxFixture.Program(EvilPrograms.Quiet), Limits);
        Assert.Null(SandboxFixture.TakeOne(process).Failure);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Daemon_OfAProgramThatEnds_EndsWithTheSandbox(string name)
    {
        Assert.SkipUnless(SandboxFixture.IsLinux, "this looks into /proc");
        _ = sandboxes.Get(name);
        var mark = EvilPrograms.NewMark();
        using (var sandbox = Sandbox.Open(name))
        using (var process = sandbox.Start(SandboxFixture.Program(EvilPrograms.Daemon(mark)), Limits))
        {
            Assert.Null(SandboxFixture.TakeOne(process).Failure);
            Assert.True(SpinWait.SpinUntil(() => EvilPrograms.CountRunning(mark) > 0, TimeSpan.FromSeconds(10)));
        }

        Assert.Equal(0, EvilPrograms.CountRunning(mark));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Program_ThatIgnoresEverySignal_IsEnded(string name)
    {
        var process = sandboxes.Get(name).Start(
            SandboxFixture.Program(EvilPrograms.Deaf), Limits with { Turn = TimeSpan.FromSeconds(0.5) });
        var begun = Stopwatch.GetTimestamp();
        Assert.StartsWith("it did not say done within 0.5 s", SandboxFixture.TakeOne(process).Failure);
        process.Dispose();
        Assert.InRange(Stopwatch.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromSeconds(8));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void ForkBomb_InASandbox_StopsAtTheLimit(string name)
    {
        using var process = sandboxes.Get(name, Protection.Processes)
            .Start(SandboxFixture.Program(EvilPrograms.ForkBomb), Limits);
        var failure = SandboxFixture.TakeOne(process).Failure!;
        var started = int.Parse(failure.Split("started ")[1], System.Globalization.CultureInfo.InvariantCulture);
        Assert.InRange(started, 1, Limits.Processes);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void GigabytesOfErrors_AreNotKept(string name)
    {
        using var process = sandboxes.Get(name).Start(SandboxFixture.Program(EvilPrograms.FloodsErrors), Limits);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Assert.StartsWith(
            "it wrote more than 4,194,304 bytes to standard error", SandboxFixture.TakeOne(process).Failure);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, long.MinValue, 4 * 1024 * 1024);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void GigabytesOfMemory_AreRefused(string name)
    {
        using var process = sandboxes.Get(name, Protection.Memory)
            .Start(SandboxFixture.Program(EvilPrograms.Hoards), Limits);
        var failure = SandboxFixture.TakeOne(process).Failure!;
        Assert.DoesNotContain("has 2048", failure);
        Assert.True(failure.Contains("MemoryError") || failure.Contains("memory"), failure);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void GigabytesOfFiles_AreRefused(string name)
    {
        var sandbox = sandboxes.Get(name, Protection.Output);
        Assert.SkipWhen(name == "none", "without a file system of its own, only single files are limited");
        using var process = sandbox.Start(SandboxFixture.Program(EvilPrograms.FillsTheDisk), Limits);
        Assert.Contains("No space left", SandboxFixture.TakeOne(process).Failure);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Processor_TakenForEver_IsTakenAway(string name)
    {
        using var process = sandboxes.Get(name, Protection.Cpu).Start(
            SandboxFixture.Program(EvilPrograms.BurnsTheProcessor),
            Limits with { Cpu = TimeSpan.FromSeconds(1), Turn = TimeSpan.FromMinutes(3) });
        Assert.Contains("signal 9", SandboxFixture.TakeOne(process).Failure);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void FoldersOfOthers_CannotBeRead(string name)
    {
        var sandbox = sandboxes.Get(name, Protection.Files);
        var other = Path.Combine(SandboxFixture.Folder("secret"), "node.py");
        using var process = sandbox.Start(SandboxFixture.Program($"print(open('{other}').read())"), Limits);
        Assert.Contains("FileNotFoundError", SandboxFixture.TakeOne(process).Failure);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void OwnFolder_CannotBeChanged(string name)
    {
        var program = SandboxFixture.Program("open('node.py', 'w').write('other')");
        using var process = sandboxes.Get(name, Protection.Files).Start(program, Limits);
        Assert.Contains("Error", SandboxFixture.TakeOne(process).Failure);
        Assert.NotEqual("other", File.ReadAllText(Path.Combine(program.Folder, "node.py")));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Network_FromASandbox_ReachesNobody(string name)
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        var port = ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
        using var process = sandboxes.Get(name, Protection.Network).Start(
            SandboxFixture.Program($"import socket; socket.create_connection(('127.0.0.1', {port}), 3); print('in')"),
            Limits);
        Assert.Contains("Error", SandboxFixture.TakeOne(process).Failure);
        Assert.False(listener.Pending());
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Parent_OfAProgramInASandbox_CannotBeKilled(string name)
    {
        var sandbox = sandboxes.Get(name, Protection.Ending);
        Assert.SkipWhen(name == "none", "without namespaces it shares its processes with this machine");
        var text = $"import os; os.kill({Environment.ProcessId}, 0)";
        using var process = sandbox.Start(SandboxFixture.Program(text), Limits);
        Assert.Contains("Error", SandboxFixture.TakeOne(process).Failure);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Environment_OfAProgram_HasNothingOfOurs(string name)
    {
        Environment.SetEnvironmentVariable("GRADING_TEST_SECRET", "4711");
        var result = sandboxes.Get(name).Run(
            new ConfinedProgram(["env"], SandboxFixture.Folder("")), Limits, TestContext.Current.CancellationToken);
        Assert.Null(result.Problem);
        Assert.DoesNotContain("4711", result.Output);
        Assert.DoesNotContain($"HOME={Environment.GetEnvironmentVariable("HOME")}\n", result.Output);
    }

    /// <summary>A measurement; the sandbox is to cost a start something, and a turn nothing.</summary>
    [Theory(Explicit = true)]
    [MemberData(nameof(All))]
    public void Turns_InASandbox_AreAsFastAsWithoutOne(string name)
    {
        const int Turns = 20_000;
        var program = SandboxFixture.Program(EvilPrograms.Quiet);
        var start = new ProcessStartInfo("python3", ["node.py"])
        {
            WorkingDirectory = program.Folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var sandbox = sandboxes.Get(name);
        for (var round = 0; round < 3; round++)
        {
            Measure("without", () => new GuestProcess(start, Limits));
            Measure(name, () => sandbox.Start(program, Limits));
        }

        static void Measure(string what, Func<GuestProcess> start)
        {
            var begun = Stopwatch.GetTimestamp();
            using var process = start();
            Assert.Null(SandboxFixture.TakeOne(process).Failure);
            var first = Stopwatch.GetElapsedTime(begun);
            begun = Stopwatch.GetTimestamp();
            for (var i = 0; i < Turns; i++)
            {
                Assert.Null(process.Take(
                    new Shared.Guests.GuestWakes(TimeSpan.FromSeconds(2 + i), "test")).Failure);
            }

            TestContext.Current.TestOutputHelper!.WriteLine(
                $"{what}: first turn after {first.TotalMilliseconds:0} ms, then "
                + $"{Turns / Stopwatch.GetElapsedTime(begun).TotalSeconds:N0} turns a second");
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Build_ThatTakesTooLong_IsEnded(string name)
    {
        var result = sandboxes.Get(name).Run(
            new ConfinedProgram(["sleep", "60"], SandboxFixture.Folder("")) { MayWrite = true },
            Limits with { Time = TimeSpan.FromSeconds(0.5) },
            TestContext.Current.CancellationToken);
        Assert.Equal("it took more than 0.5 s", result.Problem);
    }
}
