namespace Blockchain.PeerNode.Transport;

/// <summary>One connection's part of the <see cref="Intake"/>.</summary>
internal sealed class IntakeShare(Intake intake, PeerConnection connection) : IDisposable
{
    public PeerConnection Connection => connection;

    /// <summary>Bytes; the intake's to change, as is the entry.</summary>
    public long Held { get; set; }

    public LinkedListNode<IntakeShare>? Entry { get; set; }

    /// <summary>How fast this connection is read, whoever is behind it.</summary>
    public Pace Pace { get; } = intake.NewPace();

    /// <summary>So much was read; returns when more may be.</summary>
    public Task PaceAsync(long bytes, CancellationToken closed)
    {
        var wait = intake.Charge(this, bytes);
        return wait > TimeSpan.Zero ? Task.Delay(wait, closed) : Task.CompletedTask;
    }

    /// <summary>So much is there that is not handled, most of it a line that is not complete.</summary>
    public void Hold(long bytes)
    {
        var counted = bytes > Intake.ReadBytes ? bytes : 0;
        if (counted != Held)
        {
            intake.Hold(this, counted);
        }
    }

    public void Dispose() => Hold(0);
}
