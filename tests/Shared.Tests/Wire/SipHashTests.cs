using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Wire;

public sealed class SipHashTests
{
    /// <summary>The first vectors of the authors' reference (vectors_sip64 in vectors.h) and that of the paper's
    /// appendix.</summary>
    [Theory]
    [InlineData(0, 0x726fdb47dd0e0e31)]
    [InlineData(1, 0x74f839c593dc67fd)]
    [InlineData(2, 0x0d6c8009d9a94f5a)]
    [InlineData(8, 0x93f5f5799a932462)]
    [InlineData(15, 0xa129ca6149be45e5)]
    public void Of_FirstNumbers_IsAsInTheReference(int length, ulong expected)
    {
        var text = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        Assert.Equal(expected, new SipHash(0x0706050403020100, 0x0f0e0d0c0b0a0908).Of(text));
    }
}
