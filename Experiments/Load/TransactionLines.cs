using System.Buffers;
using System.Globalization;
using Blockchain.Shared.Identity;
using Blockchain.Shared.Wire;

namespace Blockchain.Experiments.Load;

/// <summary>Distinct valid transactions as they travel: one line each, one after the other.</summary>
internal static class TransactionLines
{
    private const int LineSize = 256;

    /// <param name="from">The maker's name; two runs against one node must differ in it or in the time.</param>
    /// <param name="signer">Signs as the maker; null: nobody signs.</param>
    /// <param name="timestamp">Unix seconds of the first; each further one is a microsecond later.</param>
    public static ReadOnlyMemory<byte> Make(
        string from, int count, double timestamp, SignedNetwork? signer = null)
    {
        var output = new ArrayBufferWriter<byte>(count * LineSize);
        for (var i = 0; i < count; i++)
        {
            var to = string.Create(CultureInfo.InvariantCulture, $"load-{i % 100}");
            var transaction = TransactionFactory.Create(from, to, i + 1L, timestamp + (i * 1e-6));
            MessageCodec.Write(output, signer?.Sign(transaction) ?? transaction);
        }

        return output.WrittenMemory;
    }
}
