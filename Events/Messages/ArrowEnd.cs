namespace Blockchain.Events.Messages;

/// <summary>What became of a message.</summary>
public enum ArrowEnd
{
    /// <summary>It was sent, and nobody has told that it arrived.</summary>
    Underway,

    Arrived,

    /// <summary>It arrived and was not taken.</summary>
    Refused,

    /// <summary>It never arrives: lost on the way, or given up by its sender.</summary>
    Lost,

    /// <summary>It could not be handed over; the next attempt is an arrow of its own.</summary>
    Failed,
}
