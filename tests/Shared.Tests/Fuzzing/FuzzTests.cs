using Blockchain.Fuzzing;
using Blockchain.Fuzzing.Conversations;
using Blockchain.Fuzzing.Topology;
using Blockchain.Fuzzing.Wire;

namespace Blockchain.Shared.Tests.Fuzzing;

/// <summary>
/// Inputs from fixed seeds and those of the corpus. <c>benchmarks -- fuzz</c> gives the same targets many more.
/// </summary>
public sealed class FuzzTests
{
    private const ulong Seed = 1;

    private static readonly IFuzzTarget[] Targets =
        [new CodecTarget(), new FramingTarget(), new PeersFileTarget(), new ConversationTarget()];

    public static TheoryData<string, string> Remembered => [.. Targets.SelectMany(
        target => Corpus.FilesOf(target).Select(file => (target.Name, Path.GetFileName(file))))];

    [Theory]
    [InlineData("codec", 1_500)]
    [InlineData("framing", 300)]
    [InlineData("peers-file", 1_000)]
    [InlineData("conversation", 25)]
    public void Inputs_OfFixedSeeds_AreTakenAsTheSlowRuleSays(string target, int inputs)
    {
        var (tried, failures) = FuzzRun.Run(Find(target), Seed, tried => tried < inputs);
        Assert.True(failures.Count == 0, string.Join('\n', failures));
        Assert.Equal(inputs, tried);
    }

    [Theory]
    [MemberData(nameof(Remembered))]
    public void Input_OfTheCorpus_IsTakenAsTheSlowRuleSays(string target, string file) =>
        Find(target).Check(File.ReadAllBytes(Path.Combine(Corpus.BuiltFolder, target, file)));

    private static IFuzzTarget Find(string name) => Targets.Single(target => target.Name == name);
}
