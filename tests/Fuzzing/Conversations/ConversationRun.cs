using System.Globalization;
using System.Text;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Fuzzing.Conversations;

/// <summary>One peer in virtual time, and what its neighbours do, a step at a time.</summary>
internal sealed class ConversationRun
{
    private static readonly TimeSpan Start = TimeSpan.FromDays(20_000);

    private readonly ConversationNotes _notes = new();
    private readonly ConversationModel _model;
    private readonly MessageDraft _draft;
    private readonly Dictionary<string, PeerId> _greeted = [];
    private readonly List<Transmission> _lately = [];
    private byte[] _lastLine = [];

    public ConversationRun(ConversationSetup setup)
    {
        World = new World(setup.Seed);
        Peer = new Peer(setup.Plan, ConversationSetup.Known, _notes, _notes, setup.Seed, _notes);
        _model = new ConversationModel(Peer, _notes);
        _draft = new MessageDraft(this);
        Peer.Start(Now);
        Look();
    }

    public Peer Peer { get; }

    public World World { get; }

    public TimeSpan Now { get; private set; } = Start;

    /// <summary>What was sent to each neighbour and not answered yet: the ids of GETBLOCK, the last PING.</summary>
    public Dictionary<string, List<Hash256>> Asked { get; } = [];

    public Dictionary<string, double> Pinged { get; } = [];

    public void Do(string step)
    {
        var words = step.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        switch (words)
        {
            case ["wait", var seconds] when double.TryParse(seconds, CultureInfo.InvariantCulture, out var time):
                Wait(TimeSpan.FromSeconds(Math.Clamp(time, 0, 1_000)));
                break;
            case ["me", "do", var verb, .. var arguments]:
                Apply(verb, arguments);
                break;
            case ["me", "fail", var count] when int.TryParse(count, CultureInfo.InvariantCulture, out var failed):
                Fail(failed);
                break;
            case [var from, "again"]:
                Deliver(from, _lastLine);
                break;
            case [var from, "answer"]:
                Answer(from);
                break;
            case [var from, "raw", ..]:
                Deliver(from, Encoding.Latin1.GetBytes(step[(step.IndexOf("raw", StringComparison.Ordinal) + 4)..]));
                break;
            case [var from, "relay", var origin, var target, .. var rest]
                when _draft.Make(origin, origin, rest) is { } line:
                Deliver(from, _draft.Relay(origin, target, line));
                break;
            case [var from, "as", var name, .. var rest] when _draft.Make(from, name, rest) is { } line:
                Deliver(from, line);
                break;
            case [var from, .. var rest] when _draft.Make(from, from, rest) is { } line:
                Deliver(from, line);
                break;
        }
    }

    /// <summary>All that was switched is as at the start; the attack is over, and the honest are served.</summary>
    public void End() => new ConversationEnd(this).Check();

    public void Wait(TimeSpan time)
    {
        var end = Now + time;
        while (Peer.NextDue <= end)
        {
            Now = Peer.NextDue > Now ? Peer.NextDue : Now;
            Peer.Advance(Now);
            Look();
        }

        Now = end;
    }

    public void Apply(string verb, params ReadOnlySpan<string> arguments)
    {
        var given = new Dictionary<string, string>();
        foreach (var argument in arguments)
        {
            var at = argument.IndexOf('=', StringComparison.Ordinal);
            given[argument[..Math.Max(at, 0)]] = argument[(at + 1)..];
        }

        if (PeerVerb.All.FirstOrDefault(other => other.Name == verb) is { } known
            && known.TryParse(given.GetValueOrDefault, out var command, out _))
        {
            Peer.Apply(Now, command);
            Look();
        }
    }

    /// <summary>As a connection does: a line is read, and the message is from whoever is behind the address.</summary>
    public void Deliver(string from, byte[] line)
    {
        _lastLine = line;
        var via = _greeted.TryGetValue(from, out var greeted) && Peer.Table.Find(greeted) is not null
            ? greeted
            : Peer.Identify(ConversationSetup.Address(from));
        if (MessageCodec.Read(line, out var message, out var reason) != ReadOutcome.Message)
        {
            Peer.ReceiveMalformed(Now, via, reason);
        }
        else
        {
            if (via.IsStranger && message is Hello hello)
            {
                _greeted[from] = via = Peer.Identify(Now, ConversationSetup.Address(from), hello);
            }

            _model.Delivered(via, line);
            Peer.Receive(Now, via, message!);
            _model.CheckTaken(via, line);
        }

        Look();
    }

    private void Fail(int count)
    {
        foreach (var transmission in _lately.TakeLast(count).ToArray())
        {
            Peer.TransmitFailed(Now, transmission);
            Look();
        }

        _lately.Clear();
    }

    private void Answer(string from)
    {
        if (!Asked.Remove(from, out var ids))
        {
            return;
        }

        var blocks = ids.Select(World.Find).OfType<Block>().ToList();
        if (Peer.Info.Light)
        {
            Deliver(from, _draft.Headers(from, blocks));
        }
        else
        {
            blocks.ForEach(block => Deliver(from, Wire.LineDraw.LineOf(block)));
        }
    }

    private void Look()
    {
        foreach (var sent in _notes.Sent)
        {
            var to = sent.NextHop.Value;
            switch (sent.Message)
            {
                case GetBlock request:
                    (Asked.TryGetValue(to, out var asked) ? asked : Asked[to] = []).AddRange(request.BlockIds);
                    break;
                case Ping ping:
                    Pinged[to] = ping.Timestamp;
                    break;
            }
        }

        _lately.AddRange(_notes.Sent);
        _model.Check(Now);
        SentLately?.Invoke(_notes.Sent);
        _notes.Clear();
    }

    /// <summary>Sees what was sent, before it is forgotten.</summary>
    public Action<IReadOnlyList<Transmission>>? SentLately { get; set; }
}
