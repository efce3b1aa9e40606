using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Identity;

/// <summary>
/// The texts that signatures cover, see <c>docs/wire.md</c>. Each begins with what it is for, so that no signature can
/// be used for anything else.
/// </summary>
internal static class SignedText
{
    private const uint Trace = 1u << (int)Field.TraceParent | 1u << (int)Field.TraceState;

    private const uint OutsideOfBlock = 1u << (int)Field.BlockId | 1u << (int)Field.Signature;

    /// <summary><c>blockchain.aspire TX a9b1…</c></summary>
    public static void OfTransaction(Hash256 id, ref PooledBytes output)
    {
        output.Append("blockchain.aspire TX "u8);
        id.WriteHex(output.Append(Hash256.HexLength));
    }

    /// <summary>
    /// <c>blockchain.aspire BLOCK 5e46…</c>, the hash of the block without <c>block_id</c> and <c>signature</c>.
    /// </summary>
    /// <param name="isMined">
    /// In a network with work, <c>work_nonce</c> is left out too: it is looked for when all else stands.
    /// </param>
    public static void OfBlock(JsonTape tape, int block, bool isMined, ref PooledBytes output)
    {
        var covered = new PooledBytes(tape.Raw(block).Length * 9 / 8);
        new CanonicalWriter(tape, ref covered).WriteObject(
            block, isMined ? OutsideOfBlock | 1u << (int)Field.WorkNonce : OutsideOfBlock);
        output.Append("blockchain.aspire BLOCK "u8);
        Hash256.Compute(covered.Written).WriteHex(output.Append(Hash256.HexLength));
        covered.Dispose();
    }

    /// <summary>
    /// <c>blockchain.aspire RELAY 07c1…</c>, the hash of the RELAY without its <c>payload</c> and <c>signature</c>,
    /// followed by the payload; both without their trace context, which relays and tracers change.
    /// </summary>
    public static void OfRelay(JsonTape tape, int relay, int payload, ref PooledBytes output)
    {
        var covered = new PooledBytes(tape.Raw(relay).Length * 9 / 8);
        var writer = new CanonicalWriter(tape, ref covered);
        writer.WriteObject(relay, Trace | 1u << (int)Field.Payload | 1u << (int)Field.Signature);
        writer.WriteObject(payload, Trace);
        output.Append("blockchain.aspire RELAY "u8);
        Hash256.Compute(covered.Written).WriteHex(output.Append(Hash256.HexLength));
        covered.Dispose();
    }

    /// <summary><c>blockchain.aspire PROOF dialer "5000" "5001" 3f0a… 99bc…</c></summary>
    /// <param name="isDialer">The prover opened the connection. So no proof can be sent back to where it is
    /// from.</param>
    /// <param name="challenge">The verifier's.</param>
    /// <param name="ownChallenge">The prover's, by which the two proofs of one connection belong together.</param>
    public static void OfProof(
        bool isDialer, PeerId prover, PeerId verifier, Hash256 challenge, Hash256 ownChallenge, ref PooledBytes output)
    {
        output.Append("blockchain.aspire PROOF "u8);
        output.Append(isDialer ? "dialer "u8 : "listener "u8);
        CanonicalText.Write(prover.Value, ref output);
        output.Append((byte)' ');
        CanonicalText.Write(verifier.Value, ref output);
        output.Append((byte)' ');
        challenge.WriteHex(output.Append(Hash256.HexLength));
        output.Append((byte)' ');
        ownChallenge.WriteHex(output.Append(Hash256.HexLength));
    }
}
