using Blockchain.Shared;

namespace Blockchain.PeerNode;

// What others ask the peer, and tell it.
internal sealed partial class EventLoop
{
    /// <summary>
    /// Asks the peer something, between two inputs. A question that throws has changed nothing: it is the asker's
    /// problem alone.
    /// </summary>
    /// <exception cref="NodeStoppingException">The node is stopping.</exception>
    public Task<T> Ask<T>(Func<Peer, T> question, CancellationToken cancellation = default) =>
        Ask((peer, _) => question(peer), cancellation);

    /// <inheritdoc cref="Ask{T}(Func{Peer, T}, CancellationToken)"/>
    public Task<T> Ask<T>(Func<Peer, TimeSpan, T> question, CancellationToken cancellation = default) =>
        PostAsync(question, changesPeer: false, cancellation);

    /// <summary>Tells the peer to do something, which may leave it half changed where it throws.</summary>
    /// <inheritdoc cref="Ask{T}(Func{Peer, T}, CancellationToken)" path="/exception"/>
    public Task<T> Tell<T>(Func<Peer, TimeSpan, T> command, CancellationToken cancellation = default) =>
        PostAsync(command, changesPeer: true, cancellation);

    private async Task<T> PostAsync<T>(
        Func<Peer, TimeSpan, T> question, bool changesPeer, CancellationToken cancellation)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var accepted = await _mailbox.PostAsync(new Question(Answer, Refuse)).AsTask().WaitAsync(cancellation);
        if (!accepted)
        {
            Refuse();
        }

        return await answer.Task.WaitAsync(cancellation);

        void Refuse() => answer.TrySetException(new NodeStoppingException());

        void Answer(Peer peer, TimeSpan now)
        {
            try
            {
                SetWhenStored(answer, question(peer, now));
            }
            catch (Exception e)
            {
                answer.SetException(e);
                if (changesPeer)
                {
                    throw;
                }
            }
        }
    }

    /// <summary>Answers when all that the answer may speak of is stored: nobody is told of what a killed process would
    /// lose.</summary>
    private void SetWhenStored<T>(TaskCompletionSource<T> answer, T value)
    {
        if (_storage?.Gate.WhenStored() is { IsCompleted: false } stored)
        {
            _ = stored.ContinueWith(_ => answer.SetResult(value), TaskScheduler.Default);
        }
        else
        {
            answer.SetResult(value);
        }
    }
}
