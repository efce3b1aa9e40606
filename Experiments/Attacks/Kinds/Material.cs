using System.Security.Cryptography;
using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Attacks.Kinds;

/// <summary>What attacks are made of: valid messages that no honest peer would send.</summary>
internal static class Material
{
    /// <summary>The wire's envelope of a transaction; what is left of a line is text.</summary>
    private const int Envelope = 512;

    /// <summary>Unix seconds.</summary>
    public static double Now => (DateTimeOffset.UtcNow - DateTimeOffset.UnixEpoch).TotalSeconds;

    public static MessageId NewId() => MessageId.Of(Guid.NewGuid());

    /// <summary>An id that no block has.</summary>
    public static Hash256 NobodysId()
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        RandomNumberGenerator.Fill(bytes);
        return new Hash256(bytes);
    }

    /// <summary>An id of which all but two bytes are those of every other one made here.</summary>
    public static Hash256 AlikeId(int number)
    {
        Span<byte> bytes = stackalloc byte[Hash256.ByteLength];
        bytes.Fill(0x5a);
        bytes[20] = (byte)(number >> 8);
        bytes[21] = (byte)number;
        return new Hash256(bytes);
    }

    public static Hash256[] Ids(int count, Func<int, Hash256> make) => [.. Enumerable.Range(0, count).Select(make)];

    public static Transaction BigTransaction(int bytes) =>
        TransactionFactory.Create($"attack-{Guid.NewGuid()}", new string('x', bytes - Envelope), 1, Now);

    public static Transaction SmallTransaction() =>
        TransactionFactory.Create($"attack-{Guid.NewGuid()}", "victim", 1, Now);

    /// <summary>A valid block; a big one has one big transaction.</summary>
    /// <param name="bytes">0: an empty block.</param>
    public static Block Block(PeerId maker, Hash256 parent, int bytes = 0) => BlockFactory.Create(
        maker,
        Now + (RandomNumberGenerator.GetInt32(1_000_000) * 1e-6),
        parent,
        bytes == 0 ? [] : [BigTransaction(bytes)]);

    /// <summary>Headers of a chain that is not there, from its first block.</summary>
    public static BlockHeader[] FalseChain(PeerId maker, int length)
    {
        var headers = new BlockHeader[length];
        var parent = Hash256.Genesis;
        for (var i = 0; i < length; i++)
        {
            headers[i] = new BlockHeader(maker, Now, NobodysId(), parent);
            parent = headers[i].Id;
        }

        return headers;
    }
}
