using System.Diagnostics;
using System.Globalization;

namespace Blockchain.Grading.Tests.Sandboxing;

/// <summary>Little programs that do what a stranger's program might; each would stop by itself after a while.</summary>
internal static class EvilPrograms
{
    /// <summary>Answers every turn, and does nothing.</summary>
    public const string Quiet = """
        import sys
        for line in sys.stdin:
            print('{"done": true}', flush=True)
        """;

    public const string ForkBomb = """
        import os, sys, time
        started = 0
        for i in range(600):
            try:
                if os.fork() == 0:
                    time.sleep(20)
                    os._exit(0)
                started += 1
            except OSError:
                break
        print("started", started, file=sys.stderr, flush=True)
        sys.exit(3)
        """;

    /// <summary>Leaves its parent, its session and its environment, and goes on.</summary>
    public static string Daemon(string mark) => $$"""
        import os, sys, signal
        for s in (signal.SIGTERM, signal.SIGHUP, signal.SIGINT):
            signal.signal(s, signal.SIG_IGN)
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for f in (0, 1, 2):
                    os.close(f)
                os.execve("/bin/sleep", ["sleep", "{{mark}}"], {})
            os._exit(0)
        for line in sys.stdin:
            print('{"done": true}', flush=True)
        """;

    public const string Deaf = """
        import signal, time
        for s in range(1, 32):
            try: signal.signal(s, signal.SIG_IGN)
            except (OSError, ValueError): pass
        time.sleep(60)
        """;

    public const string FloodsErrors = """
        import os, sys
        line = b"x" * 65536
        for i in range(40000):
            os.write(2, line)
        """;

    public const string Hoards = """
        import sys
        held = []
        for i in range(2048):
            held.append(bytearray(b"x") * (1 << 20))
        print("has", len(held), file=sys.stderr)
        """;

    public const string FillsTheDisk = """
        import os, sys
        written = 0
        for i in range(1000):
            try:
                with open(os.environ["TMPDIR"] + "/" + str(i), "wb") as f:
                    for j in range(8):
                        f.write(b"x" * (1 << 20))
                        written += 1
            except OSError as e:
                print("wrote", written, "MiB:", e.strerror, file=sys.stderr, flush=True)
                sys.exit(3)
        print("wrote", written, "MiB", file=sys.stderr)
        """;

    public const string BurnsTheProcessor = """
        import signal
        signal.signal(signal.SIGXCPU, signal.SIG_IGN)
        while True: pass
        """;

    /// <summary>How many processes have this in their command line.</summary>
    public static int CountRunning(string mark) => Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
        .Count(folder =>
        {
            try
            {
                return File.ReadAllText(Path.Combine(folder, "cmdline")).Contains(mark, StringComparison.Ordinal);
            }
            catch (IOException)
            {
                return false;
            }
        });

    public static string NewMark() => string.Create(
        CultureInfo.InvariantCulture, $"7777.{Environment.ProcessId}{Stopwatch.GetTimestamp() % 1_000_000}");
}
