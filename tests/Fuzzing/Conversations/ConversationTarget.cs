using System.Text;
using Blockchain.Shared;

namespace Blockchain.Fuzzing.Conversations;

/// <summary>
/// Three neighbours and strangers say legal and illegal things to one peer, in virtual time; a slow model of its chain
/// and pool says what must have come of it, and in the end the peer must serve its honest neighbours as ever.
/// </summary>
public sealed class ConversationTarget : IFuzzTarget
{
    public string Name => "conversation";

    public byte[] Draw(SeededRandom random) => Encoding.Latin1.GetBytes(new ConversationDraw(random).Draw());

    public IReadOnlyList<byte[]> PartsOf(byte[] input) =>
        [.. Encoding.Latin1.GetString(input).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => Encoding.Latin1.GetBytes(line + "\n"))];

    public void Check(byte[] input)
    {
        var lines = Encoding.Latin1.GetString(input).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var isWhole = lines is [var first, ..] && first.StartsWith("peer", StringComparison.Ordinal);
        var run = new ConversationRun(ConversationSetup.Parse(isWhole ? lines[0] : ""));
        foreach (var line in isWhole ? lines[1..] : lines)
        {
            run.Do(line);
        }

        run.End();
    }
}
