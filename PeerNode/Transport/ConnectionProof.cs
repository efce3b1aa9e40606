using System.IO.Pipelines;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Wire;

namespace Blockchain.PeerNode.Transport;

/// <summary>
/// The proof of one connection of a signed network: its reader gives it what comes, its writer has it say the first
/// words.
/// </summary>
/// <param name="isDialed">
/// We called, and say nothing more before the other end has proven to be whom we called.
/// </param>
internal sealed class ConnectionProof(SignedNetwork network, Handshake handshake, bool isDialed)
{
    /// <summary>Who does not answer in this time is not the peer that should be there.</summary>
    private static readonly TimeSpan ProofTimeout = TimeSpan.FromSeconds(5);

    private readonly TaskCompletionSource<Proof?> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _proven = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>What the signatures of a message say; of a proof, whether the other end is who it says.</summary>
    public Verdict Judge(Message message)
    {
        switch (message)
        {
            case Challenge challenge:
                if (handshake.Answer(challenge, NewId()) is { } answer)
                {
                    _answer.TrySetResult(answer);
                }

                return Verdict.Proven;
            case Proof proof when handshake.Proves(proof):
                _proven.TrySetResult();
                return Verdict.Proven;
            case Proof:
                return Verdict.BadSignature;
            default:
                return network.Judge(message);
        }
    }

    /// <summary>
    /// Sends our challenge and, when theirs has come, our proof; called before anything else is sent.
    /// </summary>
    /// <exception cref="TimeoutException">Whom we called has not proven itself.</exception>
    public async Task ExchangeAsync(PipeWriter output)
    {
        MessageCodec.Write(output, handshake.Opening(NewId()));
        await output.FlushAsync();
        var given = isDialed ? ProofTimeout : Timeout.InfiniteTimeSpan;
        if (await _answer.Task.WaitAsync(given) is not { } answer)
        {
            return;
        }

        MessageCodec.Write(output, answer);
        await output.FlushAsync();
        if (isDialed)
        {
            await _proven.Task.WaitAsync(given);
        }
    }

    /// <summary>The connection ends, proven or not.</summary>
    public void Close()
    {
        _answer.TrySetResult(null);
        _proven.TrySetCanceled();
    }

    private static MessageId NewId() => MessageId.Of(Guid.NewGuid());
}
