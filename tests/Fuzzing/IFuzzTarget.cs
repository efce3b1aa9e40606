using Blockchain.Shared;

namespace Blockchain.Fuzzing;

/// <summary>Something that takes input from outside, with a slow rule that says what it must do with it.</summary>
public interface IFuzzTarget
{
    /// <summary>As the command line and the folder of the corpus have it.</summary>
    string Name { get; }

    /// <summary>Draws an input, as it would stand in a file of the corpus.</summary>
    byte[] Draw(SeededRandom random);

    /// <summary>Gives it the input.</summary>
    /// <exception cref="FuzzException">It did something else than the slow rule says.</exception>
    void Check(byte[] input);

    /// <summary>The parts that an input can be without, in order; joined they are the input.</summary>
    IReadOnlyList<byte[]> PartsOf(byte[] input);
}
