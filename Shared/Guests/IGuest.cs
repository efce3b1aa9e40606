namespace Blockchain.Shared.Guests;

/// <summary>
/// A node that is not ours: a program of somebody else, which has rules of its own and uses our network. It is
/// called in turns: something happens to it, and it says what it does.
/// </summary>
public interface IGuest
{
    /// <returns>What it does; or why it does nothing any more.</returns>
    GuestAnswer Take(GuestTurn turn);
}
