using System.Buffers;
using System.Diagnostics;
using System.Text;
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

    private readonly GuestLimits _limits;
    private readonly Process _process;
    private readonly LastLines _errors = new(ErrorLines);
    private readonly Stream _input;
    private readonly Stream _output;
    private readonly ArrayBufferWriter<byte> _line = new(BufferSize);
    private readonly GuestWatchdog _watchdog;
    private byte[] _unread = new byte[BufferSize];
    private int _begin;
    private int _end;
    private string? _failure;

    /// <exception cref="System.ComponentModel.Win32Exception">The program could not be started.</exception>
    public GuestProcess(ProcessStartInfo start, GuestLimits limits)
    {
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(limits);
        _limits = limits;
        _process = Process.Start(start) ?? throw new InvalidOperationException("A new process is always started.");
        _process.ErrorDataReceived += (_, line) => _errors.Add(line.Data ?? "");
        _process.BeginErrorReadLine();
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

        _line.ResetWrittenCount();
        GuestLines.Write(_line, turn);
        var reader = new GuestLines();
        try
        {
            _watchdog.Begin();
            _input.Write(_line.WrittenSpan);
            _input.Flush();
            var written = 0;
            while (!reader.IsDone)
            {
                var line = ReadLine();
                written += line.Length + 1;
                if (written > _limits.TurnBytes)
                {
                    return Fail($"it wrote more than {_limits.TurnBytes:N0} bytes in one turn");
                }

                if (reader.Read(line) is { } problem)
                {
                    return Fail($"{problem}: {Excerpt(line)}");
                }
            }
        }
        catch (IOException)
        {
            return Fail(_watchdog.HasBitten
                ? $"it did not say done within {_limits.Turn.TotalSeconds:0.###} s"
                : "it ended");
        }
        finally
        {
            _watchdog.End();
        }

        return reader.Answer;
    }

    public void Dispose()
    {
        _watchdog.Dispose();
        Kill();
        _process.WaitForExit();
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
        var words = _errors.ToList() is { Count: > 0 } lines ? $"; it said: {string.Join(" | ", lines)}" : "";
        _failure = $"{why}, after {asked}{words}";
        return new GuestAnswer { Failure = _failure };
    }

    private void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended.
        }
    }
}
