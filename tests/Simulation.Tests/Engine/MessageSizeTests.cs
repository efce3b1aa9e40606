using System.Buffers;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Simulation.Tests.Engine;

public class MessageSizeTests
{
    [Theory, InlineData(0), InlineData(1), InlineData(2), InlineData(32)]
    public void Of_EveryTypeOfGossip_IsTheLengthOfItsLine(int ids)
    {
        var random = new SeededRandom(3);
        Hash256[] blocks = [.. Enumerable.Range(0, ids).Select(_ => random.NextHash())];
        var transaction = TransactionFactory.Create("5000", "5001", 7, 1.5);
        Message[] messages =
        [
            new Inv(new PeerId("5000"), blocks, random.NextMessageId()),
            new GetBlock(new PeerId("12345"), blocks, random.NextMessageId()),
            new GetBlockHeaders(new PeerId("1"), blocks, random.NextMessageId()),
            new Ping(new PeerId("1"), 12.5, random.NextMessageId()),
            transaction,
            BlockFactory.Create(new PeerId("5"), 2.5, Hash256.Genesis, [transaction]),
        ];
        foreach (var message in messages)
        {
            var line = new ArrayBufferWriter<byte>();
            MessageCodec.Write(line, message);
            Assert.Equal((message.Type, line.WrittenCount), (message.Type, new MessageSize().Of(message)));
        }
    }
}
