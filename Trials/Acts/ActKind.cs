using Blockchain.Shared;

namespace Blockchain.Trials.Acts;

/// <summary>
/// One verb: what it is called and which arguments it has, in a scenario, in a line of text and in a configuration.
/// </summary>
/// <param name="Required">The arguments that it must have.</param>
/// <param name="Optional">The arguments that it may have.</param>
/// <param name="Build">Makes the act of arguments that fit.</param>
/// <param name="IsOf">Whether an act is of this kind.</param>
internal sealed record ActKind(
    string Name, string[] Required, string[] Optional, Func<ActDraft, Act> Build, Func<Act, bool> IsOf)
{
    public static IReadOnlyList<ActKind> All { get; } =
    [
        Kind<MineBlocks>("mine", ["peers"], ["count", "as"],
            draft => new MineBlocks(draft.At, draft.Peers!, draft.Count ?? 1, draft.Label)),
        Kind<SendTransactions>("send", ["peers"], ["to", "amount", "count", "as"],
            draft => new SendTransactions(
                draft.At, draft.Peers!, One(draft.To), draft.Amount ?? 1, draft.Count ?? 1, draft.Label)),
        Kind<Load>("load", ["peers", "tx"], ["for"],
            draft => new Load(draft.At, draft.Peers!, draft.PerSecond!.Value) { For = draft.For }),
        Kind<Generate>("generate", ["peers", "value"], ["for"],
            draft => new Generate(draft.At, draft.Peers!, draft.Value!.Value) { For = draft.For }),
        Kind<Kill>("kill", ["peers"], ["for"], draft => new Kill(draft.At, draft.Peers!) { For = draft.For }),
        Kind<Leave>("leave", ["peers"], ["for"], draft => new Leave(draft.At, draft.Peers!) { For = draft.For }),
        Kind<Start>("start", ["peers"], [], draft => new Start(draft.At, draft.Peers!)),
        Kind<Restart>("restart", ["peers"], [], draft => new Restart(draft.At, draft.Peers!)),
        Kind<Join>("join", ["peers"], [], draft => new Join(draft.At, draft.Peers!)),
        Kind<Churn>("churn", ["peers", "for", "up", "down"], [],
            draft => new Churn(draft.At, draft.Peers!, draft.Up!.Value, draft.Down!.Value) { For = draft.For }),
        Kind<Pause>("pause", ["peers"], ["for"], draft => new Pause(draft.At, draft.Peers!) { For = draft.For }),
        Kind<Resume>("resume", ["peers"], [], draft => new Resume(draft.At, draft.Peers!)),
        Kind<Partition>("partition", ["peers"], ["from", "direction", "for"],
            draft => new Partition(draft.At, draft.Peers!, draft.From, draft.Direction ?? Direction.Both)
            {
                For = draft.For,
            }),
        Kind<Heal>("heal", [], [], draft => new Heal(draft.At)),
        new("cut-off", ["group"], ["for"], draft => new CutOff(draft.At, draft.Group!.Value) { For = draft.For },
            act => act is CutOff { Value: true }),
        new("reconnect", ["group"], [], draft => new CutOff(draft.At, draft.Group!.Value, Value: false),
            act => act is CutOff { Value: false }),
        Kind<Conditions>("conditions", ["peers"], ["to", "loss", "burst", "latency", "capacity", "for"],
            draft => new Conditions(
                draft.At, draft.Peers!, draft.To, draft.Loss, draft.Burst, draft.Latency, draft.Capacity)
            {
                For = draft.For,
            }),
        new("malicious", ["peers"], ["behaviour", "for"],
            draft => new Behave(draft.At, draft.Peers!, draft.Behaviour ?? Behaviours.FalseIds) { For = draft.For },
            act => act is Behave { Behaviour: not Behaviours.Honest }),
        new("honest", ["peers"], [], draft => new Behave(draft.At, draft.Peers!, Behaviours.Honest),
            act => act is Behave { Behaviour: Behaviours.Honest }),
    ];

    public static IEnumerable<string> Names => All.Select(kind => kind.Name);

    public IEnumerable<string> Arguments => Required.Concat(Optional);

    public static ActKind? Find(string name) => All.FirstOrDefault(kind => kind.Name == name);

    public static ActKind Of(Act act) => All.First(kind => kind.IsOf(act));

    private static ActKind Kind<T>(string name, string[] required, string[] optional, Func<ActDraft, Act> build)
        where T : Act => new(name, required, optional, build, act => act is T);

    private static PeerId? One(PeerChoice? to) => to switch
    {
        null => null,
        { Ids: [var id], NetworkId: null, Kinds.Count: 0, Share: 0 } => id,
        _ => throw new FormatException("A transaction goes to one peer; name its id."),
    };
}
