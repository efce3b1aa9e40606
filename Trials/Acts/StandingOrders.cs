using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

/// <summary>What a peer was told that still holds, and that it is told again after a start.</summary>
internal sealed class StandingOrders
{
    private readonly List<SetConditions> _conditions = [];

    public bool? Generates { get; set; }

    public string? Behaviour { get; set; }

    /// <summary>Whom nothing of it gets to; null: it was told of nobody.</summary>
    public PeerSet? KeptFrom { get; set; }

    public bool IsPaused { get; set; }

    public IEnumerable<PeerCommand> Commands
    {
        get
        {
            if (KeptFrom is { Count: > 0 } kept)
            {
                yield return new SetPartition(kept);
            }

            foreach (var command in _conditions)
            {
                yield return command;
            }

            if (Behaviour is { } behaviour)
            {
                yield return new SetMalicious(behaviour != Behaviours.Honest, behaviour);
            }

            if (Generates is { } generates)
            {
                yield return new SetGenerating(generates);
            }
        }
    }

    /// <summary>A reset takes back what was told for the same neighbours; anything else comes on top.</summary>
    public void Remember(SetConditions command)
    {
        if (command.Clear)
        {
            _conditions.RemoveAll(other => Equals(other.To, command.To));
        }
        else
        {
            _conditions.Add(command);
        }
    }
}
