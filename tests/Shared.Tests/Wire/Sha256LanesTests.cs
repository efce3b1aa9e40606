using System.Security.Cryptography;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Wire;

public sealed class Sha256LanesTests
{
    [Fact]
    public void Compute_AnyTexts_GivesWhatThePlatformGives() =>
        Gen.Byte.Array[0, 300].Array[0, Sha256Lanes.Lanes].Sample(Check, iter: 2_000);

    [Fact]
    public void Compute_EachLength_GivesWhatThePlatformGives() => Assert.All(
        Enumerable.Range(0, 300),
        length => Check([.. Enumerable.Range(0, 3).Select(i => Enumerable.Repeat((byte)i, length).ToArray())]));

    private static void Check(byte[][] texts)
    {
        var ends = texts.Select((_, i) => texts.Take(i + 1).Sum(text => text.Length)).ToArray();
        var hashes = new Hash256[texts.Length];
        Sha256Lanes.Compute(texts.SelectMany(text => text).ToArray(), ends, hashes);
        Assert.Equal(texts.Select(text => new Hash256(SHA256.HashData(text))), hashes);
    }
}
