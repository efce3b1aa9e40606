using Blockchain.Shared;
using Blockchain.Shared.Guests;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Conformance.Tests;

/// <summary>Our own peer, called in turns like a program of somebody else.</summary>
/// <param name="settings">What is changed in its settings; null: nothing.</param>
internal sealed class PeerGuest(Func<PeerSettings, PeerSettings>? settings = null) : IGuest, ITransmitter, IPeerListener
{
    private readonly List<(PeerId To, Message Message)> _said = [];
    private Peer? _peer;

    public GuestAnswer Take(GuestTurn turn)
    {
        _said.Clear();
        switch (turn)
        {
            case GuestStarts start:
                var plan = start.Plan with { Settings = settings?.Invoke(start.Plan.Settings) ?? start.Plan.Settings };
                _peer = new Peer(plan, start.Known, this, this, start.Seed);
                _peer.Start(turn.Now);
                break;
            case GuestHears heard:
                if (heard.Message is Hello hello && !heard.From.IsStranger && _peer!.Table.Find(heard.From) is null)
                {
                    _peer.Identify(turn.Now, hello.Info.Ip, hello);
                }

                _peer!.Receive(turn.Now, heard.From, heard.Message);
                break;
            default:
                _peer!.Advance(turn.Now);
                break;
        }

        return new GuestAnswer
        {
            Messages = [.. _said],
            Timers = _peer.NextDue < TimeSpan.MaxValue ? [(_peer.NextDue, "due")] : [],
        };
    }

    public void Transmit(in Transmission transmission) => _said.Add((transmission.NextHop, transmission.Message));

    public void Happened(PeerEvent what)
    {
        // Nobody asks.
    }
}
