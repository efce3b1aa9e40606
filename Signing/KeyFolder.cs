using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Signing;

/// <summary>
/// A folder with the private key of each peer, <c>ID.key</c>, which its owner alone can read.
/// </summary>
public sealed class KeyFolder(string path)
{
    private const UnixFileMode OwnerAlone =
        UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;

    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>Where the keys of a network are unless somebody says otherwise: <c>peers.keys</c> beside it.</summary>
    public static KeyFolder Beside(string peersFile) =>
        new(System.IO.Path.ChangeExtension(System.IO.Path.GetFullPath(peersFile), ".keys"));

    public string FileOf(PeerId peer) => System.IO.Path.Combine(Path, $"{peer}.key");

    /// <summary>Signs as a peer whose private key is here.</summary>
    /// <exception cref="IOException">It is not here, or is none.</exception>
    public Ed25519Signatures SignaturesOf(PeerId peer) =>
        PrivateKey.TryParse(File.ReadAllText(FileOf(peer)), out var key)
            ? Ed25519Signatures.Of(key)
            : throw new IOException($"{FileOf(peer)} has no private key.");

    /// <summary>Makes a key pair for each peer that has none, and keeps the private halves here.</summary>
    /// <returns>The plan with all public keys.</returns>
    /// <exception cref="IOException">
    /// A key is there already, which must not be overwritten, or the folder cannot be written.
    /// </exception>
    public NetworkPlan MakeMissing(NetworkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path);
        }
        else
        {
            Directory.CreateDirectory(Path, OwnerAlone);
        }

        return plan.Select(peer => peer.Key is null ? peer with { Key = Make(peer.Id) } : peer);
    }

    /// <summary>The peers of a plan whose private key is not here, or does not belong to their public one.</summary>
    public IReadOnlyList<PeerId> Lacking(NetworkPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        return [.. plan.Peers.Where(peer => PublicHalf(FileOf(peer.Id)) != peer.Key).Select(peer => peer.Id)];
    }

    private static PublicKey? PublicHalf(string file)
    {
        if (!File.Exists(file) || !PrivateKey.TryParse(File.ReadAllText(file), out var key))
        {
            return null;
        }

        using var pair = Ed25519Signatures.Of(key);
        return pair.PublicKey;
    }

    private PublicKey Make(PeerId peer)
    {
        using var pair = Ed25519Signatures.Create();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(FileOf(peer), options);
        writer.WriteLine(pair.ExportPrivateKey().ToHex());
        return pair.PublicKey;
    }
}
