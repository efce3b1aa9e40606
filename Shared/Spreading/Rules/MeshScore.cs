namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// What a neighbour is worth for the mesh: parameters P2, P3, P4 and P7 of gossipsub v1.1. The specification leaves
/// weights to the application; those here are for a network of few messages.
/// </summary>
internal sealed class MeshScore
{
    private const double FirstDeliveryWeight = 1;
    private const double DeficitWeight = -1;
    private const double InvalidWeight = -10;
    private const double MistakeWeight = -10;

    private const double FirstDeliveryCap = 100;

    /// <summary>Per heartbeat. After a minute, half of what was delivered is left.</summary>
    private const double Decay = 0.9885;

    /// <summary>What is invalid is forgotten in ten minutes, by half.</summary>
    private const double SlowDecay = 0.99885;

    /// <summary>
    /// Of what is new in the network, one in the mesh delivers this part at least, first or not: it leaves out only what
    /// it had of us.
    /// </summary>
    private const double LeastShare = 0.1;

    /// <summary>Before so many have come, nothing can be said of who has not delivered them.</summary>
    private const double EnoughMessages = 10;

    private static readonly TimeSpan Activation = TimeSpan.FromSeconds(30);

    private double _first;
    private double _delivered;
    private double _expected;
    private double _deficit;
    private double _invalid;
    private double _mistakes;

    /// <summary>Since when it is in the mesh; null: it is not.</summary>
    public TimeSpan? MeshSince { get; private set; }

    /// <summary>Neither side grafts the other before.</summary>
    public TimeSpan BackoffUntil { get; set; } = TimeSpan.MinValue;

    /// <summary>IHAVE since the last heartbeat, and ids in them.</summary>
    public int Offers { get; set; }

    public int OfferedIds { get; set; }

    public double ValueAt(TimeSpan now) =>
        (FirstDeliveryWeight * _first) + (DeficitWeight * (Deficit(now) + _deficit))
            + (InvalidWeight * _invalid * _invalid) + (MistakeWeight * _mistakes * _mistakes);

    public void Join(TimeSpan now) => (MeshSince, _delivered, _expected) = (now, 0, 0);

    public void Leave(TimeSpan now)
    {
        // P3b: or it would be grafted again at once.
        _deficit += Deficit(now);
        MeshSince = null;
    }

    public void Delivered(bool isFirst)
    {
        _first = Math.Min(_first + (isFirst ? 1 : 0), FirstDeliveryCap);
        _delivered++;
    }

    /// <summary>Somebody has delivered something new.</summary>
    public void Expected() => _expected++;

    public void DeliveredFalse() => _invalid++;

    public void Mistaken() => _mistakes++;

    public void Beat()
    {
        _first *= Decay;
        _delivered *= Decay;
        _expected *= Decay;
        _deficit *= Decay;
        _mistakes *= Decay;
        _invalid *= SlowDecay;
        (Offers, OfferedIds) = (0, 0);
    }

    private double Deficit(TimeSpan now)
    {
        var least = LeastShare * _expected;
        return MeshSince is { } since && now - since >= Activation && _expected >= EnoughMessages && _delivered < least
            ? (least - _delivered) * (least - _delivered) : 0;
    }
}
