using Blockchain.Experiments.Load;
using Blockchain.Shared.Topology;
using Blockchain.Shared.Wire;

namespace Blockchain.Lab.Tests;

public sealed class LoadTests
{
    private const int Count = 500;

    [Fact]
    public void TransactionLines_Made_AreDistinctAndValid()
    {
        var text = TransactionLines.Make("load", Count, timestamp: 1_700_000_000);
        var ids = new HashSet<Hash256>();
        foreach (var line in text.Span.TrimEnd((byte)'\n').Split((byte)'\n'))
        {
            Assert.Equal(ReadOutcome.Message, MessageCodec.Read(text.Span[line], out var message, out _));
            var transaction = Assert.IsType<Transaction>(message);
            Assert.True(transaction.HasValidId);
            ids.Add(transaction.Id);
        }

        Assert.Equal(Count, ids.Count);
    }

    [Fact]
    public void Target_HostAndPort_HasItsPagesAtTheUsualPort()
    {
        Assert.True(LoadTarget.TryParse("127.28.0.15:5005", null, out var target));
        Assert.Equal(new LoadTarget("127.28.0.15", 5005, new Uri("http://127.0.0.1:7005/")), target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("127.0.0.1")]
    [InlineData(":5000")]
    [InlineData("127.0.0.1:")]
    [InlineData("127.0.0.1:0")]
    [InlineData("127.0.0.1:70000")]
    [InlineData("127.0.0.1:-5")]
    public void Target_NoAddress_IsRefused(string text) => Assert.False(LoadTarget.TryParse(text, null, out _));

    [Fact]
    public void LoneNode_Plan_IsAFileThatLiftsEveryLimit()
    {
        var result = PeersFile.Parse(PeersFile.Write(LoneNode.Plan(1_000_000)));
        Assert.Empty(result.Problems);
        var settings = result.Plan!.Peers[0].Settings;
        Assert.False(settings.InboundLimit.IsLimited);
        Assert.Equal(TimeSpan.Zero, settings.BlockInterval);
        Assert.True(settings.PoolLimit > 1_000_000);
    }
}
