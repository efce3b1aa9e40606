namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>Several attacks at the same time; each attacker has a part in one of them.</summary>
internal sealed class Mix(string name, string what, params Attack[] parts) : Attack
{
    public override string Name => name;

    public override string What => what;

    public override void Prepare(AttackField field)
    {
        foreach (var (part, ground) in Parts(field))
        {
            part.Prepare(ground);
        }
    }

    public override Task RunAsync(AttackField field, CancellationToken stop) =>
        Task.WhenAll(Parts(field).Select(part => part.Attack.RunAsync(part.Ground, stop)));

    private IEnumerable<(Attack Attack, AttackField Ground)> Parts(AttackField field) =>
        parts.Select((part, i) => (part, field.Part(parts.Length, i)));
}
