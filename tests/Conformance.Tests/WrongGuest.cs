using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Wire;

namespace Blockchain.Conformance.Tests;

/// <summary>Our own peer with one fault between it and the network.</summary>
/// <param name="change">What becomes of a message that it says, after what it was just told.</param>
internal sealed class WrongGuest(Func<GuestTurn, PeerId, Message, IEnumerable<(PeerId To, Message Message)>> change)
    : IGuest
{
    private readonly PeerGuest _right = new();

    public GuestAnswer Take(GuestTurn turn)
    {
        var answer = _right.Take(turn);
        return answer with { Messages = [.. answer.Messages.SelectMany(one => change(turn, one.To, one.Message))] };
    }
}
