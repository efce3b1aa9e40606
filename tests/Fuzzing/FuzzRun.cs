using System.Globalization;
using Blockchain.Shared;

namespace Blockchain.Fuzzing;

/// <summary>Gives one target many inputs, each from a seed of its own.</summary>
public static class FuzzRun
{
    /// <param name="seed">Of the first input; the others follow it.</param>
    /// <param name="goesOn">Asked before each input with the number of those before.</param>
    /// <returns>How many inputs, and of each kind of failure the first, made as small as it gets.</returns>
    public static (long Inputs, IReadOnlyList<FuzzFailure> Failures) Run(
        IFuzzTarget target, ulong seed, Func<long, bool> goesOn)
    {
        var failures = new Dictionary<string, FuzzFailure>();
        var inputs = 0L;
        for (; goesOn(inputs); inputs++)
        {
            var own = seed + (ulong)inputs;
            var input = target.Draw(new SeededRandom(own));
            if (Problem(target, input) is { } problem && !failures.ContainsKey(KindOf(problem)))
            {
                failures.Add(KindOf(problem), Shrink(target, own, input, problem));
            }
        }

        return (inputs, [.. failures.Values]);
    }

    /// <summary>What is wrong with how the target takes an input; null: nothing.</summary>
    public static Exception? Problem(IFuzzTarget target, byte[] input)
    {
        try
        {
            target.Check(input);
            return null;
        }
        catch (Exception problem) when (problem is not OutOfMemoryException)
        {
            return problem;
        }
    }

    private static FuzzFailure Shrink(IFuzzTarget target, ulong seed, byte[] input, Exception problem)
    {
        var kind = KindOf(problem);
        var smallest = Shrinker.Shrink(
            target, input, smaller => Problem(target, smaller) is { } other && KindOf(other) == kind);
        return new FuzzFailure(target.Name, seed, smallest, Problem(target, smallest) ?? problem);
    }

    /// <summary>Two problems are of one kind if they differ in digits only.</summary>
    private static string KindOf(Exception problem)
    {
        const int Compared = 40;
        var words = string.Concat(problem.Message.Where(letter => !char.IsAsciiHexDigit(letter)));
        return string.Create(
            CultureInfo.InvariantCulture, $"{problem.GetType().Name} {words[..Math.Min(Compared, words.Length)]}");
    }
}
