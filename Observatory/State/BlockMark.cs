namespace Blockchain.Observatory.State;

/// <summary>
/// The look of a block: a colour and a letter. Blocks get them in turn, so that tips of the same time differ in both,
/// and
/// all that are shown at a time in one of them at least.
/// </summary>
/// <param name="Number">Counts the blocks in the order in which they were heard of.</param>
public readonly record struct BlockMark(int Number)
{
    /// <summary>How many blocks in a row differ in colour.</summary>
    public const int Slots = 7;

    private const int Letters = 26;

    /// <summary>Its colour, below <see cref="Slots"/>.</summary>
    public int Slot => Number % Slots;

    public char Letter => (char)('A' + (Number % Letters));
}
