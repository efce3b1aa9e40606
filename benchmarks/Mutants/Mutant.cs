using Microsoft.CodeAnalysis.Text;

namespace Blockchain.Benchmarks.Mutants;

/// <summary>One small change of the source that a test should notice.</summary>
/// <param name="File">Its path below the folder of the sources.</param>
/// <param name="Line">Counted from one.</param>
/// <param name="Span">What is replaced.</param>
internal sealed record Mutant(string File, int Line, TextSpan Span, string Original, string Replacement)
{
    public override string ToString() => $"{File}:{Line}: {OneLine(Original)} -> {OneLine(Replacement)}";

    private static string OneLine(string text)
    {
        const int Shown = 70;
        var words = string.Join(' ', text.Split((char[])[], StringSplitOptions.RemoveEmptyEntries));
        return words.Length switch
        {
            0 => "nothing",
            > Shown => words[..Shown] + "…",
            _ => words,
        };
    }
}
