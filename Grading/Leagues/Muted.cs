using Blockchain.Shared.Guests;

namespace Blockchain.Grading.Leagues;

/// <summary>
/// A program whose failure is only its own: it says nothing any more, and the run goes on for the others.
/// </summary>
/// <param name="failed">Hears why.</param>
internal sealed class Muted(IGuest guest, Action<string> failed) : IGuest
{
    private bool _hasFailed;

    public GuestAnswer Take(GuestTurn turn)
    {
        var answer = _hasFailed ? GuestAnswer.Nothing : guest.Take(turn);
        if (answer.Failure is not { } why)
        {
            return answer;
        }

        _hasFailed = true;
        failed(why);
        return GuestAnswer.Nothing;
    }
}
