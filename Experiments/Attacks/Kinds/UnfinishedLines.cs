namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Lines that begin and never end, on as many connections as a node lets in.</summary>
internal sealed class UnfinishedLines : Attack
{
    /// <summary>Just short of the longest line.</summary>
    private const int Bytes = (4 * 1024 * 1024) - 64;

    private byte[] _beginning = [];

    public override string Name => "unfinished-lines";

    public override string What => $"begin lines of {Bytes / 1e6:0.0} MB on eight connections each and never end them";

    public override int Connections => 8;

    public override void Prepare(AttackField field)
    {
        _beginning = new byte[Bytes];
        _beginning.AsSpan().Fill((byte)'x');
        "{\"type\": \"TX\", \"from\": \""u8.CopyTo(_beginning);
    }

    public override Task TalkAsync(AttackLine line, CancellationToken stop) => line.SendAsync(_beginning, stop);
}
