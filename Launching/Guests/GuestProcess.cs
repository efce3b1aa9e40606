using System.Buffers;
using System.Diagnostics;
using System.Text;
using Blockchain.Launching.Guests.Sandboxing;
using Blockchain.Shared.Guests;

namespace Blockchain.Launching.Guests;

/// <summary>
/// A program of somebody else that talks by lines over standard input and output, see <c>docs/node-protocol.md</c>. It
/// runs only while it has a turn, and whatever it does, its turn ends: by <c>done</c>, by its own end, or by ours.
/// </summary>
public sealed class GuestProcess : IGuest, IDisposable
{
    private const int BufferSize = 64 * 1024;
    private const int ErrorLines = 8;

    /// <summary>For what comes at the end of a program.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(300);

    private readonly GuestLimits _limits;
    private readonly Process _process;
    private readonly IConfinement _confinement;
    private readonly Tail _errors;
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _line = new(BufferSize);
    private readonly GuestWatchdog _watchdog;
    private byte[] _unread = new byte[BufferSize];
    private int _begin;
    private int _end;
    private string? _failure;
    private long _taken;
    private TimeSpan _now;
    private int _turnsNow;

    /// <exception cref="System.ComponentModel.Win32Exception">The program could not be started.</exception>
    public GuestProcess(ProcessStartInfo start, GuestLimits limits)
        : this(new Unconfined(start), limits)
    {
    }

    /// <summary>Takes the confinement over: it ends with the program.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The program could not be started.</exception>
    internal GuestProcess(IConfinement confinement, GuestLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        (_confinement, _limits) = (confinement, limits);
        try
        {
            _process = Process.Start(confinement.Start)
                ?? throw new InvalidOperationException("A new process is always started.");
        }
        catch
        {
            confinement.Dispose();
            throw;
        }

        _errors = new Tail(_process.StandardError.BaseStream, limits.ErrorBytes, Kill);
        _input = _process.StandardInput.BaseStream;
        _output = _process.StandardOutput.BaseStream;
        _watchdog = new GuestWatchdog(limits.Turn, Kill);
    }

    public GuestAnswer Take(GuestTurn turn)
    {
        if (_failure is not null)
        {
            return new GuestAnswer { Failure = _failure };
        }

        ArgumentNullException.ThrowIfNull(turn);
        _line.ResetWrittenCount();
        GuestLines.Write(_line, turn);
        if (!HasTimeFor(turn))
        {
            return Fail($"it took {_turnsNow:N0} turns at one moment, and does not let time pass");
        }

        var begun = Stopwatch.GetTimestamp();
        var reader = new GuestLines();
        try
        {
            _watchdog.Begin();
            _input.Write(_line.WrittenSpan);
            _input.Flush();
            var (written, lines) = (0, 0);
            while (!reader.IsDone)
            {
                var line = ReadLine();
                written += line.Length + 1;
                if (written > _limits.TurnBytes)
                {
                    return Fail($"it wrote more than {_limits.TurnBytes:N0} bytes in one turn");
                }

                if (++lines > _limits.TurnLines)
                {
                    return Fail($"it wrote more than {_limits.TurnLines:N0} lines in one turn");
                }

                if (reader.Read(line) is { } problem)
                {
                    return Fail($"{problem}: {Excerpt(line)}");
                }
            }
        }
        catch (IOException)
        {
            return Fail(_end - _begin > _limits.TurnBytes
                ? $"it wrote a line of more than {_limits.TurnBytes:N0} bytes"
                : _watchdog.HasBitten
                ? $"it did not say done within {_limits.Turn.TotalSeconds:0.###} s"
                : End());
        }
        finally
        {
            _watchdog.End();
        }

        _taken += Stopwatch.GetTimestamp() - begun;
        return _limits.Time is { } time && Stopwatch.GetElapsedTime(0, _taken) > time
            ? Fail($"its turns took more than {time.TotalSeconds:0.###} s together")
            : reader.Answer;
    }

    public void Dispose()
    {
        _watchdog.Dispose();
        Kill();
        _process.WaitForExit();
        _confinement.Dispose();
        _process.Dispose();
    }

    private static string Excerpt(ReadOnlySpan<byte> line)
    {
        const int Longest = 200;
        return Encoding.UTF8.GetString(line.Length <= Longest ? line : line[..Longest]);
    }

    /// <returns>Without its end; valid until the next call.</returns>
    /// <exception cref="EndOfStreamException">There is none.</exception>
    private ReadOnlySpan<byte> ReadLine()
    {
        var scanned = _begin;
        while (true)
        {
            var at = _unread.AsSpan(scanned, _end - scanned).IndexOf((byte)'\n');
            if (at >= 0)
            {
                var line = _unread.AsSpan(_begin, scanned + at - _begin);
                _begin = scanned + at + 1;
                return line;
            }

            MakeRoom();
            scanned = _end;
            var read = _output.Read(_unread, _end, _unread.Length - _end);
            if (read == 0)
            {
                throw new EndOfStreamException();
            }

            _end += read;
        }
    }

    private void MakeRoom()
    {
        _unread.AsSpan(_begin, _end - _begin).CopyTo(_unread);
        (_begin, _end) = (0, _end - _begin);
        if (_end == _unread.Length)
        {
            if (_end > _limits.TurnBytes)
            {
                throw new EndOfStreamException();
            }

            Array.Resize(ref _unread, 2 * _unread.Length);
        }
    }

    private GuestAnswer Fail(string why)
    {
        Kill();
        _process.WaitForExit();
        var asked = Excerpt(_line.WrittenSpan).TrimEnd();
        _errors.Ended.Wait(Patience);
        var said = string.Join(" | ", _errors.LastLines(ErrorLines).Where(line => !GuestEnd.IsOfUnshare(line)));
        var words = said.Length > 0 ? $"; it said: {said}" : "";
        _failure = $"{why}, after {asked}{words}";
        return new GuestAnswer { Failure = _failure };
    }

    private void Kill() => _confinement.Kill(_process);

    private bool HasTimeFor(GuestTurn turn)
    {
        _turnsNow = turn.Now == _now ? _turnsNow + 1 : 1;
        _now = turn.Now;
        return _turnsNow <= _limits.TurnsAtOnce;
    }

    /// <summary>Why nothing more comes from it.</summary>
    private string End()
    {
        if (_errors.HadTooMuch)
        {
            return $"it wrote more than {_limits.ErrorBytes:N0} bytes to standard error";
        }

        if (!_process.WaitForExit(Patience))
        {
            return "it closed its output";
        }

        _errors.Ended.Wait(Patience);
        var end = GuestEnd.Of(_process.ExitCode, _errors.ToString());
        return _confinement.LimitReached is { } limit ? $"{end}: {limit}" : end;
    }
}
