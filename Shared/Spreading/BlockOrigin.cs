using Blockchain.Shared.Spreading.Rules;

namespace Blockchain.Shared.Spreading;

/// <summary>How a block came here.</summary>
/// <param name="via">Who delivered it; this peer itself for its own.</param>
/// <param name="isNews">False if it was asked for and nobody has announced it.</param>
/// <param name="holders">Who has it.</param>
internal readonly ref struct BlockOrigin(PeerId via, bool isNews, Holders holders)
{
    public PeerId Via { get; } = via;

    public bool IsNews { get; } = isNews;

    public Holders Holders { get; } = holders;
}
