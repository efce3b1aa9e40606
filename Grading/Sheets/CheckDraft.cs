using Blockchain.Shared.Topology;

namespace Blockchain.Grading.Sheets;

/// <summary>A check while it is read.</summary>
internal sealed class CheckDraft
{
    public string? Name { get; set; }

    public double Weight { get; set; } = 1;

    public bool IsMandatory { get; set; }

    /// <summary>Rules or peers.</summary>
    public IReadOnlyList<(string Text, JsonPlace Place)> Names { get; set; } = [];

    public string? File { get; set; }

    public int Seeds { get; set; } = 1;

    public bool IsHidden { get; set; }
}
