using System.Globalization;
using System.Text;
using Blockchain.Shared;

namespace Blockchain.Fuzzing.Conversations;

/// <summary>
/// Draws a conversation: a line for the peer, then one for each thing that happens. Steps say what somebody does, not
/// which bytes that makes, so that those which are left when others are taken out still mean something.
/// </summary>
internal sealed class ConversationDraw(SeededRandom random)
{
    private const int MostSteps = 120;

    private static readonly string[] Commands =
    [
        "mine", "transaction amount=3", "transaction to=a amount=1", "malicious value=true", "malicious value=false",
        "generation value=false", "generation value=true", "cut-off value=true", "cut-off value=false",
        "pause value=true", "pause value=false", "pause value=false", "conditions loss=0.3",
        "conditions latencyMax=400ms", "load tx=5 for=2s",
    ];

    public string Draw()
    {
        var setup = new ConversationSetup(random.NextUInt64() >> 40, random.Chance(0.25), random.Chance(0.5));
        var text = new StringBuilder().Append(setup).Append('\n');
        for (var steps = random.Within(1, MostSteps); steps > 0; steps--)
        {
            text.Append(Step()).Append('\n');
        }

        return text.ToString();
    }

    private string Step() => random.Next(100) switch
    {
        < 14 => string.Create(CultureInfo.InvariantCulture, $"wait {random.Pick(0.05, 0.3, 1, 2.5, 6, 30):0.##}"),
        < 20 => $"me do {random.Pick<string>(Commands)}",
        < 23 => $"me fail {random.Within(1, 4)}",
        < 30 => $"{Someone()} answer",
        < 34 => $"{Someone()} again",
        < 42 => $"{Someone()} relay {Anyone()} {random.Pick("me", "me", "me", "far", "a", "nobody")} {Message()}",
        < 48 => $"{Someone()} as {Anyone()} {Message()}",
        < 54 => $"@{random.Within(1, 3)} {Message()}",
        _ => $"{Neighbour()} {Message()}",
    };

    private string Message() => random.Next(40) switch
    {
        < 2 => $"hello{random.Pick("", "", " nat", " light")}",
        < 4 => "ping",
        < 6 => "pong",
        < 11 => $"inv {Ids(1, 6)}",
        < 12 => $"inv-many {random.Pick(40, 300, 2_000)}",
        < 14 => $"getblock {Ids(1, 5)}",
        < 16 => $"getheaders {Ids(0, 3)}",
        < 18 => $"headers {Ids(1, 6)}",
        < 19 => $"headers-forged {random.Within(1, 20)}",
        < 23 => $"tx t{random.Next(World.Transactions)}",
        < 29 => $"block {Block()}",
        < 32 => $"extend {random.Pick(0, 0, 0, 1, 2, 4)} {Transactions()}",
        < 33 => $"skip {random.Within(1, 3)} {Transactions()}",
        < 34 => $"false-tx t{random.Next(World.Transactions)}",
        < 35 => $"false-block {Block()}",
        < 36 => "getpeers",
        < 38 => $"peers {random.Pick(1, 3, 40)}",
        _ => $"raw {Line()}",
    };

    private string Line() => Encoding.Latin1.GetString(Wire.LineDraw.Draw(random)).ReplaceLineEndings(" ");

    private string Ids(int min, int max) =>
        string.Join(' ', random.Many(min, max, () => random.Chance(0.2) ? $"x{random.Next(50)}" : Block()));

    private string Block() => random.Chance(0.1) ? "tip" : $"b{random.Next(World.Blocks)}";

    private string Transactions() =>
        string.Join(' ', random.Many(0, 3, () => $"t{random.Next(World.Transactions)}").Distinct());

    private string Neighbour() => random.Pick<string>(ConversationSetup.Neighbours);

    private string Someone() => random.Chance(0.1) ? $"@{random.Within(1, 3)}" : Neighbour();

    private string Anyone() => random.Pick("a", "b", "c", "h", "me", "far", "new", "maker");
}
