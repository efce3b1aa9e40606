using Blockchain.Observatory.Following;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Observatory.Tests.Following;

public sealed class MessageSwitchTests
{
    private static readonly PeerId One = new("5000");

    [Fact]
    public async Task Switch_TurnedOn_FollowsTheNodeASecondTimeAndRecordsItsMessages()
    {
        await using var node = await FakeNode.StartAsync();
        await using var host = await Host.StartAsync($"--services:peer-5000:http:0={node.Url}");
        await Wait.UntilAsync(() => node.Streams == 1, () => $"{node.Streams} streams");
        var messages = host.Get<MessageSwitch>();
        Assert.DoesNotContain(
            node.Questions, question => question.Contains("messages=true", StringComparison.Ordinal));

        messages.Set(isOn: true);
        messages.Set(isOn: true);
        await Wait.UntilAsync(() => node.Streams == 2, () => $"{node.Streams} streams");
        Assert.Contains("?messages=true", node.Questions);

        // Either stream takes what the fake node tells, so it is told often enough for both.
        await Wait.UntilAsync(
            () =>
            {
                node.Tell(new MessageTraced(
                    TimeSpan.FromSeconds(1), One, MessageStage.Sent, new PeerId("5001"), MessageType.Ping, default));
                return host.Live.Record().Events.Any(recorded => recorded.Event is MessageTraced);
            },
            () => "No message was recorded.");
        Assert.Equal(0, host.Live.Current.Events);

        messages.Set(isOn: false);
        Assert.False(messages.IsOn);
    }
}
