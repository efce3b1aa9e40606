using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Behaviour;

/// <summary>
/// Passes nothing on that others made: no block, no transaction, no RELAY. It takes in, makes and answers.
/// </summary>
internal sealed class Lazy : IBehaviour
{
    public bool Shows(Message news, bool isOwn) => isOwn;
}
