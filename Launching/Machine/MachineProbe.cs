using System.Diagnostics;
using System.Security.Cryptography;

namespace Blockchain.Launching.Machine;

/// <summary>
/// Does a small piece of work again and again, and notes how late it begins, how long it takes and how idle the
/// processors
/// are. That costs three hundredths of a core. Timers alone tell too little: a scheduler lets one that slept go first,
/// however many want to run. Nor does our own work tell enough: the peers may be in another group, with a share of its
/// own.
/// </summary>
public sealed class MachineProbe : IDisposable
{
    private const int Parts = 128;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly byte[] _work = new byte[64 * 1024];
    private readonly Stopwatch _watch = Stopwatch.StartNew();
    private readonly List<MachineSample> _samples = [];
    private readonly ManualResetEvent _stop = new(initialState: false);
    private readonly Thread _thread;
    private TimeSpan _fastestPart = TimeSpan.MaxValue;
    private TimeSpan _given;

    public MachineProbe()
    {
        // A thread of its own, since that of a pool would also have to wait for the tests.
        _thread = new Thread(Run) { IsBackground = true, Name = nameof(MachineProbe) };
        _thread.Start();
    }

    /// <summary>Since the probe began.</summary>
    public TimeSpan Now => _watch.Elapsed;

    /// <summary>How much of the time the machine had for us: at half the speed, or coming late, half of it.</summary>
    public TimeSpan Given
    {
        get
        {
            lock (_samples)
            {
                return _given;
            }
        }
    }

    /// <param name="from">By <see cref="Now"/>.</param>
    public MachineReading Read(TimeSpan from)
    {
        lock (_samples)
        {
            return new MachineReading([.. _samples.Where(sample => sample.At >= from)]);
        }
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        var last = Now;
        var processors = ProcessorTimes.Now();
        while (!_stop.WaitOne(Interval))
        {
            var begin = Now;
            for (var i = 0; i < Parts; i++)
            {
                WorkPart();
            }

            var end = Now;
            var now = ProcessorTimes.Now();
            var idle = processors is { } then ? now?.IdleSince(then) : null;
            var sample = new MachineSample(end, begin - last - Interval, end - begin, Parts * _fastestPart, idle);
            lock (_samples)
            {
                _samples.Add(sample);
                _given += (sample.At - last) * sample.Speed;
            }

            (last, processors) = (end, now);
        }
    }

    private void WorkPart()
    {
        var begin = Now;
        SHA256.HashData(_work);
        var time = Now - begin;
        if (time < _fastestPart)
        {
            _fastestPart = time;
        }
    }
}
