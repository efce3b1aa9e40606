using Blockchain.Trials.Acts;

namespace Blockchain.Trials.Hunting;

/// <summary>A step of a scenario that is being shrunk.</summary>
/// <param name="Rest">
/// For so long its effects must be over when the last step begins; less than zero: by so much they may go on. Null: it
/// does not matter.
/// </param>
internal sealed record Piece(Step Step, TimeSpan? Rest)
{
    /// <summary>How long it waited in the run that was found.</summary>
    public TimeSpan Took { get; init; }

    /// <summary>When its effects are over that end by themselves, since it was done.</summary>
    public TimeSpan Lasts => Step.Act?.For ?? TimeSpan.Zero;

    /// <summary>
    /// Whether it has effects of which none ends by itself, and so may need another step that ends them.
    /// </summary>
    public bool Begins(Piece end) => Step.Act is { For: null } act && (act, end.Step.Act) switch
    {
        (Partition, Heal) => true,
        (Kill or Leave, Start or Restart) => true,
        (Pause, Resume) => true,
        (CutOff { Value: true }, CutOff { Value: false }) => true,
        (Behave, Behave) or (Conditions, Conditions) or (Load, Load) or (Generate, Generate) => true,
        _ => false,
    };

    /// <summary>Whether the network makes less because of it, so that it can come to rest.</summary>
    public bool Calms => Step.Act is Generate { Value: false };

    /// <summary>Whether something is made by it that an expectation may count on.</summary>
    public bool Makes => Step.Act is MineBlocks or SendTransactions or Load or Generate or Behave or Join;
}
