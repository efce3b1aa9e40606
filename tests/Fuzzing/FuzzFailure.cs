using System.Text;

namespace Blockchain.Fuzzing;

/// <summary>An input that a target takes wrongly.</summary>
/// <param name="Target">Its name.</param>
/// <param name="Seed">Draws the input again, before it was made small.</param>
/// <param name="Input">The smallest that fails in the same way.</param>
public sealed record FuzzFailure(string Target, ulong Seed, byte[] Input, Exception Problem)
{
    public override string ToString() =>
        $"{Target}, seed {Seed}: {Problem}\nThe smallest such input, {Input.Length} bytes:\n"
        + Encoding.UTF8.GetString(Input);
}
