using System.Security.Cryptography;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Wire;

public sealed class Sha256LanesTests
{
    [Fact]
    public void Finish_AnyMessages_GivesWhatThePlatformGives() =>
        Gen.Byte.Array[0, Sha256Lanes.MaxLength].Array[0, Sha256Lanes.Lanes].Sample(Check, iter: 2_000);

    [Fact]
    public void Finish_EachLength_GivesWhatThePlatformGives() => Assert.All(
        Enumerable.Range(0, Sha256Lanes.MaxLength + 1),
        length => Check([.. Enumerable.Range(0, 3).Select(i => Enumerable.Repeat((byte)i, length).ToArray())]));

    private static void Check(byte[][] messages)
    {
        var lanes = new Sha256Lanes();
        foreach (var message in messages)
        {
            lanes.Add(message);
        }

        var hashes = new Hash256[messages.Length];
        lanes.Finish(hashes);
        lanes.Dispose();
        Assert.Equal(messages.Select(message => new Hash256(SHA256.HashData(message))), hashes);
    }
}
