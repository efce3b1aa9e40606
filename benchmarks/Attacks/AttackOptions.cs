using System.Diagnostics.CodeAnalysis;
using Blockchain.Experiments.Attacks;
using Blockchain.Shared;

namespace Blockchain.Benchmarks.Attacks;

/// <summary>What the command line of <see cref="AttackCommand"/> says.</summary>
internal sealed record AttackOptions
{
    public IReadOnlyList<Attack> Attacks { get; private init; } = AttackCatalogue.All();

    public Roles By { get; private init; } = Roles.All;

    public TimeSpan Time { get; private init; } = TimeSpan.FromSeconds(20);

    public string File { get; private init; } = "peers.json";

    /// <summary>The table is written at the end of this file too; null: nowhere.</summary>
    public string? Out { get; private init; }

    public static bool TryRead(
        IReadOnlyList<string> arguments,
        [NotNullWhen(true)] out AttackOptions? options,
        [NotNullWhen(false)] out string? mistake)
    {
        options = new AttackOptions();
        mistake = null;
        for (var i = 0; i < arguments.Count && mistake is null; i += 2)
        {
            var name = arguments[i];
            var value = i + 1 < arguments.Count ? arguments[i + 1] : null;
            (options, mistake) = value is null ? (options, $"{name} needs a value.") : options.With(name, value);
        }

        return mistake is null;
    }

    private (AttackOptions Options, string? Mistake) With(string name, string value)
    {
        switch (name)
        {
            case "--only":
                var names = value.Split(',');
                var attacks = AttackCatalogue.All().Where(attack => names.Contains(attack.Name)).ToArray();
                return attacks.Length == names.Length
                    ? (this with { Attacks = attacks }, null)
                    : (this, $"Not every one of {value} is an attack; --list names them.");
            case "--by":
                return Enum.TryParse<Roles>(value, ignoreCase: true, out var by)
                    ? (this with { By = by }, null)
                    : (this, $"{value} is not of strangers, newcomers and peers.");
            case "--for":
                return Durations.TryParse(value, out var time) && time > TimeSpan.Zero
                    ? (this with { Time = time }, null)
                    : (this, $"{value} is no time; write for example 20s.");
            case "--file":
                return System.IO.File.Exists(value)
                    ? (this with { File = value }, null)
                    : (this, $"There is no file {value}.");
            case "--out":
                return (this with { Out = value }, null);
            default:
                return (this, $"There is no option {name}.");
        }
    }
}
