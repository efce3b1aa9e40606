using Blockchain.Shared.Guests;

namespace Blockchain.Shared.Tests.Guests;

/// <summary>A guest whose answers a test has written, and that remembers what it was asked.</summary>
internal sealed class ScriptedGuest(Func<GuestTurn, GuestAnswer> answer) : IGuest
{
    public List<GuestTurn> Turns { get; } = [];

    public GuestAnswer Take(GuestTurn turn)
    {
        Turns.Add(turn);
        return answer(turn);
    }
}
