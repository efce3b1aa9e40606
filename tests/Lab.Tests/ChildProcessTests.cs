using System.Diagnostics;
using System.Globalization;
using System.Text;
using Blockchain.Launching;

namespace Blockchain.Lab.Tests;

/// <summary>What a launcher knows of a process that has ended.</summary>
public sealed class ChildProcessTests
{
    // Far less than what holds the output open below lives.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Ended_BeforeAnybodyReads_HasItsCodeAndItsLastWords()
    {
        var folder = Directory.CreateTempSubdirectory("blockchain-child-");
        try
        {
            // What could go wrong needs a few microseconds more or less, so once is not enough.
            for (var run = 0; run < 20; run++)
            {
                var id = Path.Combine(folder.FullName, $"id-{run}");
                var decoders = new DecodersAfterTheEnd(id);
                using var child = Start($"echo $$ >'{id}'; echo 'no room' >&2; exit 7", decoders);
                await child.Ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
                Assert.True(decoders.HaveSeenTheEnd);
                Assert.Equal(7, child.ExitCode);
                Assert.Equal(["no room"], child.LastWords);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Ended_MuchOutput_IsReadToTheLastLine()
    {
        using var child = Start("i=0; while [ $i -lt 20000 ]; do i=$((i+1)); echo line $i; done; exit 1");
        await child.Ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
        Assert.Equal(1, child.ExitCode);
        Assert.Equal("line 20000", child.LastWords[^1]);
    }

    [Fact]
    public async Task Ended_AnotherHoldsItsOutput_IsNotWaitedFor()
    {
        using var child = Start("sleep 300 & echo $! >&2; exit 3");
        await child.Ended.WaitAsync(Patience, TestContext.Current.CancellationToken);
        using var holder = Process.GetProcessById(
            int.Parse(Assert.Single(child.LastWords), CultureInfo.InvariantCulture));
        try
        {
            Assert.False(holder.HasExited);
            Assert.Equal(3, child.ExitCode);
        }
        finally
        {
            holder.Kill();
        }
    }

    private static ChildProcess Start(string script, Encoding? encoding = null)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "The processes are scripts of a shell.");
        return ChildProcess.Start(
            new ProcessStartInfo("/bin/sh", ["-c", script])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                StandardErrorEncoding = encoding,
            },
            logFile: null);
    }

    /// <summary>
    /// Holds up the start of a process before anybody looks at what it writes, until the process is gone; a busy
    /// machine
    /// does the same now and then.
    /// </summary>
    /// <param name="idFile">Where the process writes its id.</param>
    private sealed class DecodersAfterTheEnd(string idFile) : UTF8Encoding(encoderShouldEmitUTF8Identifier: false)
    {
        public bool HaveSeenTheEnd { get; private set; }

        public override Decoder GetDecoder()
        {
            HaveSeenTheEnd = SpinWait.SpinUntil(IsGone, Patience);
            return base.GetDecoder();
        }

        private bool IsGone()
        {
            if (!File.Exists(idFile) || !int.TryParse(
                File.ReadAllText(idFile), CultureInfo.InvariantCulture, out var id))
            {
                return false;
            }

            try
            {
                using var process = Process.GetProcessById(id);
                return false;
            }
            catch (ArgumentException)
            {
                return true;
            }
        }
    }
}
