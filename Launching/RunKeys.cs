using Blockchain.Shared.Topology;
using Blockchain.Signing;

namespace Blockchain.Launching;

/// <summary>
/// The keys that a network runs with, if its peers sign: those of its file, or new ones for this run alone, which end
/// with it.
/// </summary>
public sealed class RunKeys : IDisposable
{
    private const int ShownPeers = 5;

    private readonly DirectoryInfo? _ownFolder;

    private RunKeys(NetworkPlan plan, string file, KeyFolder? folder, DirectoryInfo? ownFolder)
    {
        Plan = plan;
        File = file;
        Folder = folder;
        _ownFolder = ownFolder;
    }

    /// <summary>The plan with the public key of each peer.</summary>
    public NetworkPlan Plan { get; }

    /// <summary>A <c>peers.json</c> with the public key of each peer, for the nodes to read.</summary>
    public string File { get; }

    /// <summary>Where the private keys are; null: the network is not signed.</summary>
    public KeyFolder? Folder { get; }

    /// <param name="plan">Of the file, whatever addresses its peers have got since.</param>
    /// <param name="folder">Where the private keys of the file are; null: beside it.</param>
    /// <exception cref="RefusedException">Some keys are there and others are not; the message says which.</exception>
    /// <exception cref="IOException">The keys cannot be read or kept.</exception>
    public static RunKeys For(NetworkPlan plan, string file, string? folder = null)
    {
        ArgumentNullException.ThrowIfNull(plan);
        if (!plan.IsSigned)
        {
            return new RunKeys(plan, file, folder: null, ownFolder: null);
        }

        var without = plan.Peers.Where(peer => peer.Key is null).ToArray();
        if (without.Length == plan.Peers.Count)
        {
            return ForThisRun(plan, file);
        }

        var keys = folder is null ? KeyFolder.Beside(file) : new KeyFolder(folder);
        if (without.Length > 0)
        {
            throw new RefusedException(
                $"{file}: some peers have a key in \"keys\", and {Names([.. without.Select(peer => peer.Id.Value)])} "
                + "not; make the missing ones with the command keys.");
        }

        return keys.Lacking(plan) is { Count: > 0 } lacking
            ? throw new RefusedException(
                $"{keys.Path} has not the private key of {Names([.. lacking.Select(id => id.Value)])} that belongs to "
                + $"the public one in {file}. Say where it is with --keys, or remove \"keys\" from the file.")
            : new RunKeys(plan, file, keys, ownFolder: null);
    }

    public void Dispose() => _ownFolder?.Delete(recursive: true);

    private static RunKeys ForThisRun(NetworkPlan plan, string file)
    {
        // Only its owner can look into such a folder.
        var own = Directory.CreateTempSubdirectory("blockchain-keys-");
        var keys = new KeyFolder(Path.Combine(own.FullName, "keys"));
        var withKeys = keys.MakeMissing(plan);
        var copy = Path.Combine(own.FullName, "peers.json");
        System.IO.File.WriteAllBytes(copy, PeersFile.WithKeys(System.IO.File.ReadAllBytes(file), withKeys));
        return new RunKeys(withKeys, copy, keys, own);
    }

    private static string Names(IReadOnlyList<string> ids) =>
        string.Join(", ", ids.Take(ShownPeers))
        + (ids.Count > ShownPeers ? $" and {ids.Count - ShownPeers} more" : "");
}
