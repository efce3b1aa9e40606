
namespace Blockchain.Shared.Topology;

/// <summary>One peer of a planned network. Two are equal if they describe the same peer, wherever they stood.</summary>
public sealed record PeerPlan
{
    public required PeerInfo Info { get; init; }

    public PeerId Id => Info.Id;

    public PeerSettings Settings { get; init; } = PeerSettings.Default;

    /// <summary>What it makes, shows and answers: a name of <see cref="Behaviours"/>.</summary>
    public string Behaviour { get; init; } = Behaviours.Honest;

    /// <summary>
    /// Makes blocks with random ids: another way to say that its behaviour is <see cref="Behaviours.FalseIds"/>. Set to
    /// false, it leaves every other behaviour as it is.
    /// </summary>
    public bool Malicious
    {
        get => Behaviour == Behaviours.FalseIds;
        init => Behaviour = value ? Behaviours.FalseIds : Malicious ? Behaviours.Honest : Behaviour;
    }

    /// <summary>Does what the protocol asks for.</summary>
    public bool IsHonest => Behaviour == Behaviours.Honest;

    /// <summary>
    /// The peers that this one knows at the start; null: all others, which is not spelt out because it would take
    /// n² entries. <see cref="NetworkPlan.KnownBy"/> answers for both.
    /// </summary>
    public IReadOnlyList<PeerId>? Knows { get; init; }

    /// <summary>Where it is: a name of <see cref="NetworkPlan.Regions"/>; null: nowhere.</summary>
    public string? Region { get; init; }

    /// <summary>
    /// The peers to which its messages travel otherwise than to all others, one entry each, in the order of their ids.
    /// </summary>
    public IReadOnlyList<LinkPlan> Links
    {
        get;
        init => field = [.. value.OrderBy(link => link.To)];
    } = [];

    /// <summary>Its public key, in a network whose peers sign; null: it has none yet.</summary>
    public PublicKey? Key { get; init; }

    /// <summary>The program of somebody else that it is; null: it is one of ours.</summary>
    public GuestProgram? Program { get; init; }

    /// <summary>Started by a person or a test, not with the network.</summary>
    public bool ManualStart { get; init; }

    /// <summary>The JSON path of the entry or group that it comes from; null if it comes from no file.</summary>
    public string? SourcePath { get; init; }

    public bool Equals(PeerPlan? other) =>
        ReferenceEquals(this, other)
        || (other is not null
            && Info == other.Info
            && Behaviour == other.Behaviour
            && Key == other.Key
            && Program == other.Program
            && ManualStart == other.ManualStart
            && Region == other.Region
            && Links.SequenceEqual(other.Links)
            && (ReferenceEquals(Settings, other.Settings) || Settings == other.Settings)
            && (Knows is null ? other.Knows is null : other.Knows is not null && Knows.SequenceEqual(other.Knows)));

    public override int GetHashCode() => HashCode.Combine(Info, Behaviour, ManualStart, Knows?.Count);
}
