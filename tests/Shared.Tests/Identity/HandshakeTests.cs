using Blockchain.Shared.Identity;
using Blockchain.Shared.Tests.Core;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Identity;

public sealed class HandshakeTests
{
    private static readonly NetworkPlan Plan =
        TestSignatures.Plan(Make.Info("a"), Make.Info("b"), Make.Info("mallory"));

    private int _messages;
    private int _challenges;

    [Fact]
    public void Handshake_TwoPeersOfTheNetwork_ProveThemselvesBothWays()
    {
        var (dialer, listener) = (Dialer("a", "b"), Listener("b"));

        var ofListener = listener.Answer(dialer.Opening(Id()), Id())!;
        var ofDialer = dialer.Answer(listener.Opening(Id()), Id())!;

        Assert.True(dialer.Proves(ofListener));
        Assert.True(listener.Proves(ofDialer));
        Assert.Equal((new PeerId("a"), new PeerId("b")), (ofDialer.Sender, ofDialer.Target));
    }

    /// <summary>Who sits at b's address and has not b's key.</summary>
    [Fact]
    public void Proves_SignedByAnother_IsFalse()
    {
        var dialer = Dialer("a", "b");
        var impostor = Listener("mallory");
        var opening = impostor.Opening(Id()) with { Sender = new PeerId("b") };
        Assert.NotNull(dialer.Answer(opening, Id()));

        var proof = impostor.Answer(dialer.Opening(Id()), Id())!;

        Assert.False(dialer.Proves(proof with { Sender = new PeerId("b") }));
        Assert.False(dialer.Proves(proof));
    }

    /// <summary>Mallory is of the network, and yet not the peer that was called.</summary>
    [Fact]
    public void Answer_AnotherPeerThanWasCalled_IsNone() =>
        Assert.Null(Dialer("a", "b").Answer(Listener("mallory").Opening(Id()), Id()));

    [Fact]
    public void Answer_NobodyOfTheNetwork_IsNone()
    {
        var stranger = Listener("a").Opening(Id()) with { Sender = new PeerId("nobody") };
        Assert.Null(Listener("b").Answer(stranger, Id()));
        Assert.Null(Listener("b").Answer(stranger with { Sender = new PeerId("b") }, Id()));
    }

    [Fact]
    public void Answer_SecondChallenge_IsNone()
    {
        var listener = Listener("b");
        Assert.NotNull(listener.Answer(Dialer("a", "b").Opening(Id()), Id()));
        Assert.Null(listener.Answer(Dialer("a", "b").Opening(Id()), Id()));
    }

    /// <summary>All that was said on one connection is worth nothing on another.</summary>
    [Fact]
    public void Proves_ReplayedOnAnotherConnection_IsFalse()
    {
        var (dialer, listener) = (Dialer("a", "b"), Listener("b"));
        var opening = dialer.Opening(Id());
        listener.Answer(opening, Id());
        var proof = dialer.Answer(listener.Opening(Id()), Id())!;
        Assert.True(listener.Proves(proof));

        var later = Listener("b");
        later.Answer(opening, Id());

        Assert.False(later.Proves(proof));
    }

    /// <summary>Mallory calls b in b's own name, and sends back what b says.</summary>
    [Fact]
    public void Proves_SentBackToItsMaker_IsFalse()
    {
        var listener = Listener("b");
        var reflected = listener.Opening(Id()) with { Sender = new PeerId("a") };
        var proof = listener.Answer(reflected, Id())!;

        Assert.False(listener.Proves(proof with { Sender = new PeerId("a"), Target = new PeerId("b") }));
    }

    /// <summary>Mallory calls b in a's name and shows what b says there to a, who has called mallory.</summary>
    [Fact]
    public void Proves_OfAListenerShownAsADialers_IsFalse()
    {
        // b believes to be called by a, and proves itself to a.
        var (b, a) = (Listener("b"), Listener("a"));
        var toB = a.Opening(Id());
        var ofB = b.Answer(toB, Id())!;

        // Mallory calls a in b's name: the same challenges, the same two names, the wrong direction.
        Assert.NotNull(a.Answer(b.Opening(Id()), Id()));
        Assert.False(a.Proves(ofB));
    }

    /// <summary>What a has proven to mallory, mallory shows to b.</summary>
    [Fact]
    public void Proves_MadeForAnotherVerifier_IsFalse()
    {
        var toMallory = Dialer("a", "mallory");
        var b = Listener("b");
        b.Answer(toMallory.Opening(Id()), Id());

        var proof = toMallory.Answer(b.Opening(Id()) with { Sender = new PeerId("mallory") }, Id())!;

        Assert.False(b.Proves(proof));
        Assert.False(b.Proves(proof with { Target = new PeerId("b") }));
    }

    [Fact]
    public void Proves_BeforeAChallengeCame_IsFalse()
    {
        var (dialer, listener) = (Dialer("a", "b"), Listener("b"));
        var proof = dialer.Answer(listener.Opening(Id()), Id())!;
        Assert.False(listener.Proves(proof));
    }

    private Handshake Dialer(string self, string target) =>
        new(TestSignatures.NetworkOf(self, Plan), new PeerId(self), new PeerId(target), Challenge());

    private Handshake Listener(string self) =>
        new(TestSignatures.NetworkOf(self, Plan), new PeerId(self), dialed: null, Challenge());

    private Hash256 Challenge() => Make.Hash($"challenge {_challenges++}");

    private MessageId Id() => Make.Id(_messages++);
}
