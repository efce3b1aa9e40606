
namespace Blockchain.Shared.Topology;

/// <summary>
/// A peer's entry, a group's template or the defaults while they are read. What is missing or unreadable is null,
/// has been reported, and is left out of the rules that would need it.
/// </summary>
internal sealed record PeerDraft(JsonPath Path)
{
    /// <summary>Its name among the settings; a template has none.</summary>
    public PeerId Id { get; set; }

    public Ipv4? Address { get; set; }

    public int? Port { get; set; }

    public bool Nat { get; set; }

    public bool Light { get; set; }

    public int? NetworkId { get; set; } = PeerInfo.NoNetwork;

    /// <summary>Null: it does not say.</summary>
    public bool? Malicious { get; set; }

    /// <summary>Null: it does not say.</summary>
    public string? Behaviour { get; set; }

    /// <summary>Its behaviour if it says nothing of it.</summary>
    public string InheritedBehaviour { get; init; } = Behaviours.Honest;

    /// <summary>Its behaviour after all.</summary>
    public string ActualBehaviour => (Behaviour, Malicious) switch
    {
        ({ } name, _) => name,
        (null, true) => Behaviours.FalseIds,
        (null, false) when InheritedBehaviour == Behaviours.FalseIds => Behaviours.Honest,
        _ => InheritedBehaviour,
    };

    /// <summary>Its public key; null: the file has none.</summary>
    public PublicKey? Key { get; set; }

    /// <summary>The program of somebody else that it is; null: it is one of ours.</summary>
    public GuestProgram? Program { get; set; }

    public bool ManualStart { get; set; }

    public IReadOnlyList<PeerId>? Knows { get; set; }

    /// <summary>Where it is; null: it does not say.</summary>
    public string? Region { get; set; }

    /// <summary>Its links to single peers; null: it has none.</summary>
    public List<LinkPlan>? Links { get; set; }

    public PeerSettings Settings { get; set; } = PeerSettings.Default;

    /// <summary>How many peers a template stands for.</summary>
    public int? Count { get; set; }

    /// <summary>What the ids of a template's peers begin with; null: they are the ports.</summary>
    public string? IdPrefix { get; set; }

    /// <summary>The finished peer; only when nothing is missing.</summary>
    public PeerPlan ToPlan(string sourcePath) => new()
    {
        Info = new PeerInfo(Id, Address!.Value.ToString(), Port!.Value, Nat, Light, NetworkId!.Value),
        Settings = Settings,
        Behaviour = ActualBehaviour,
        Key = Key,
        Program = Program,
        ManualStart = ManualStart,
        Region = Region,
        Links = Links ?? [],
        Knows = Knows is null ? null : [.. Knows.Where(other => other != Id).Distinct()],
        SourcePath = sourcePath,
    };
}
