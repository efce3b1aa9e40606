using Blockchain.Shared;

namespace Blockchain.Conformance.Running;

/// <summary>
/// A peer that the harness plays. What it is asked it answers by itself, as far as it is not told otherwise.
/// </summary>
internal sealed class Neighbour(Role role, PeerInfo info)
{
    public Role Role { get; } = role;

    public PeerInfo Info { get; } = info;

    public string Id => Info.Id.Value;

    /// <summary>How the node and the reader of a result know it.</summary>
    public string Name { get; set; } = role == Role.Stranger ? "@" + info.Ip : info.Id.Value;

    /// <summary>It answers nothing by itself.</summary>
    public bool IsSilent { get; set; }

    /// <summary>Types that it leaves without an answer.</summary>
    public HashSet<string> Ignores { get; } = [];

    /// <summary>What it answers GETBLOCK with, by id.</summary>
    public Dictionary<string, Made> Blocks { get; } = [];

    /// <summary>What it answers GET_BLOCK_HEADERS with: its chain from the first block on.</summary>
    public IReadOnlyList<Made> Chain { get; set; } = [];

    /// <summary>It asks for what is announced to it.</summary>
    public bool Fetches { get; set; }

    /// <summary>Knows these blocks, and shows them to those who ask.</summary>
    public void Has(params ReadOnlySpan<Made> blocks)
    {
        foreach (var block in blocks)
        {
            Blocks[block.Id] = block;
        }
    }

    public override string ToString() => Name;
}
