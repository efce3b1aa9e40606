using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Blockchain.Conformance.Rules;
using Blockchain.Shared;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Conformance.Running;

/// <summary>
/// One test while it runs: the node, the peers around it, and all that they have said. Waiting here never waits longer
/// than until what is waited for has come.
/// </summary>
internal sealed partial class Scene
{
    /// <summary>Some tests write megabytes, which no report needs.</summary>
    private const int LongestShown = 20_000;

    private readonly ITestee _testee;
    private readonly RuleTest _test;
    private readonly List<Neighbour> _players;
    private readonly List<Heard> _heard = [];
    private readonly List<ExchangedLine> _lines = [];
    private readonly Dictionary<Neighbour, TimeSpan> _greeted = [];
    private TimeSpan _begin;
    private int _mark;

    public Scene(ITestee testee, RuleTest test, NetworkPlan plan, IReadOnlyList<Neighbour> players, SeededRandom random)
    {
        (_testee, _test, Plan, Random) = (testee, test, plan, random);
        _players = [.. players];
        Make = new Lines(random, () => testee.Now);
        Seen = test.Name + ".";
        if (testee.Tcp is { } tcp)
        {
            tcp.Wrote = (player, text) => Note(testee.Now, isFromNode: false, player, text.TrimEnd('\n'));
        }
    }

    public NetworkPlan Plan { get; }

    public SeededRandom Random { get; }

    public Lines Make { get; }

    /// <summary>The node's own id.</summary>
    public string Node => Plan.Peers[0].Id.Value;

    public Neighbour A => this[Role.A];

    public Neighbour B => this[Role.B];

    public Neighbour C => this[Role.C];

    /// <summary>The node ran before the test, with peers and blocks of its own.</summary>
    public bool IsRunning { get; init; }

    /// <summary>What the node's other peers do to its chain may spoil the test.</summary>
    public bool NeedsStillChain => IsRunning && _test.IsAlone;

    /// <summary>Of a node that ran before, the chain that it had at the start of a test that needs it.</summary>
    public IReadOnlyList<string> Base { get; private set; } = [];

    /// <summary>What blocks of a test are built on that are to become its chain.</summary>
    public string Root => Base.Count == 0 ? Lines.Genesis : Base[^1];

    public bool IsOverTcp => _testee.Tcp is not null;

    public ITcp Tcp => _testee.Tcp ?? throw new InvalidOperationException("The test is for connections only.");

    public TimeSpan Now => _testee.Now;

    /// <summary>How long an answer may take that comes at once, in seconds: real machines can be busy.</summary>
    public double Soon => IsOverTcp ? 6 : 2;

    /// <summary>How long nothing must come where something would come at once.</summary>
    public double AWhile => IsOverTcp ? 1 : 1.5;

    public IReadOnlyList<ExchangedLine> Log => _lines;

    /// <summary>Lines of the node that are no messages.</summary>
    public List<string> Malformed { get; } = [];

    /// <summary>All that was heard since the test last said something, or <see cref="Mark"/>.</summary>
    public IEnumerable<Heard> HeardSince => _heard.Skip(_mark);

    public IReadOnlyList<Heard> HeardAll => _heard;

    public Neighbour this[Role role] => _players.First(player => player.Role == role);

    public async Task RunAsync(ulong seed, CancellationToken stop)
    {
        _begin = _testee.Now;
        await _testee.StartAsync(Plan, _players, seed, stop);
        _begin = _testee.Now;
        if (_test.Greets)
        {
            await GreetAsync();
        }

        if (IsRunning)
        {
            await MeetAsync();
        }

        await _test.Script(this);
    }

    /// <summary>What was seen when nothing was wrong.</summary>
    public string Seen { get; set; }

    /// <summary>From now on "since" means from here.</summary>
    public void Mark() => _mark = _heard.Count;

    public async Task SayAsync(Neighbour player, string line)
    {
        await ListenAsync(_testee.Now);
        Mark();
        await AddAsync(player, line);
    }

    /// <summary>Lets so many seconds pass.</summary>
    public Task PassAsync(double seconds) => ListenAsync(In(seconds));

    /// <summary>The first message since the mark that is as it should be.</summary>
    /// <returns>Null: none came in this time.</returns>
    public async Task<Heard?> FindAsync(Predicate<Heard> isIt, double seconds)
    {
        var until = In(seconds);
        for (var i = _mark; ; i++)
        {
            while (i >= _heard.Count)
            {
                if (!await StepAsync(until))
                {
                    return null;
                }
            }

            if (isIt(_heard[i]))
            {
                return _heard[i];
            }
        }
    }

    public Task<Heard?> FindAsync(Neighbour at, Predicate<Heard> isIt, double? seconds = null) =>
        FindAsync(heard => heard.To == at && isIt(heard), seconds ?? Soon);

    /// <exception cref="BrokenRuleException">It did not come in time.</exception>
    public async Task<Heard> ExpectAsync(
        Neighbour at, Predicate<Heard> isIt, string otherwise, double? seconds = null) =>
        await FindAsync(at, isIt, seconds) ?? throw new BrokenRuleException(otherwise);

    /// <exception cref="BrokenRuleException">It came.</exception>
    public async Task NeverAsync(Predicate<Heard> isIt, string otherwise, double? seconds = null)
    {
        if (await FindAsync(isIt, seconds ?? AWhile) is { } heard)
        {
            throw new BrokenRuleException($"{otherwise}: {Short(heard.Text)}");
        }
    }

    /// <summary>Asks for a PONG, behind which everything has been read that was said before.</summary>
    public async Task<bool> AnswersAsync(Neighbour player, double? seconds = null)
    {
        var time = Make.Time();
        await SayAsync(player, Make.Ping(player.Id, time));
        return await FindAsync(player, heard => IsPong(heard, time), seconds) is not null;
    }

    /// <summary>The same, of who must get an answer for the test to make sense.</summary>
    /// <exception cref="CannotTellException">There is no answer.</exception>
    public async Task SyncAsync(Neighbour player)
    {
        if (!await AnswersAsync(player))
        {
            throw new CannotTellException($"The node did not answer the PING of {player} (W29).");
        }
    }

    public static bool IsPong(Heard heard, string time) =>
        heard.Is("PONG") && double.Parse(heard.Json["timestamp"]!.ToJsonString(), CultureInfo.InvariantCulture).Equals(
            double.Parse(time, CultureInfo.InvariantCulture));

    /// <summary>A line of the node that is cut where it is too long for a sentence.</summary>
    public static string Short(string text) => text.Length <= 160 ? text : text[..160] + " …";

    /// <summary>Puts a line into the record, where its reader can see it.</summary>
    private void Note(TimeSpan at, bool isFromNode, Neighbour player, string text)
    {
        var shown = text.Length <= LongestShown ? text : $"{text[..LongestShown]} … ({text.Length:N0} characters)";
        _lines.Add(new ExchangedLine(at - _begin, isFromNode, player.Name, shown));
    }

    private TimeSpan In(double seconds) => _testee.Now + TimeSpan.FromSeconds(seconds);

    private async Task GreetAsync()
    {
        var peers = _players.Where(player => Roles.IsInFile(player.Role) && Reaches(player)).ToList();
        foreach (var player in peers)
        {
            await HelloAsync(player);
        }

        // Whether it answers is the business of one of the tests.
        await FindAsync(_ => peers.All(peer => _heard.Exists(one => one.To == peer && one.Is("HELLO"))), Soon);
        await PassAsync(0.1);
        Mark();
    }

    /// <summary>
    /// The players are newcomers to a node that ran before; what it does with strangers tells nothing.
    /// </summary>
    private async Task MeetAsync()
    {
        foreach (var player in _players.Where(player => Roles.IsInFile(player.Role)))
        {
            if (!_heard.Exists(one => one.To == player) && !await AnswersAsync(player)
                && !_heard.Exists(one => one.To == player))
            {
                throw new CannotTellException($"It said nothing to {player}, a newcomer that had said HELLO (W23).");
            }
        }

        if (NeedsStillChain)
        {
            Base = await TryChainAsync() ?? [];
        }

        Mark();
    }

    public bool Reaches(Neighbour player) => NetworkPlan.CanReach(Plan.Peers[0].Info, player.Info);

    private async Task AddAsync(Neighbour player, string line)
    {
        Note(_testee.Now, isFromNode: false, player, line);
        await _testee.SayAsync(player, line);
    }

    private async Task HelloAsync(Neighbour player)
    {
        _greeted[player] = _testee.Now;
        await AddAsync(player, Make.Hello(player.Info));
    }

    private async Task ListenAsync(TimeSpan until)
    {
        while (await StepAsync(until))
        {
            // All that comes is written down.
        }
    }

    /// <returns>False: the time is up.</returns>
    private async Task<bool> StepAsync(TimeSpan until)
    {
        if (await _testee.NextAsync(until) is not { } said)
        {
            return false;
        }

        Note(said.At, isFromNode: true, said.To, said.Text);
        var bytes = Encoding.UTF8.GetBytes(said.Text);
        if (MessageCodec.Read(bytes, out _, out _) != ReadOutcome.Message)
        {
            Malformed.Add(said.Text);
            return true;
        }

        var heard = new Heard(_heard.Count, said.At, said.To, said.Text, JsonNode.Parse(said.Text)!.AsObject());
        _heard.Add(heard);
        await AnswerAsync(heard);
        return true;
    }
}
