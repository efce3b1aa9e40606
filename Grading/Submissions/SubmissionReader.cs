using System.Security.Cryptography;
using System.Text;
using Blockchain.Shared.Topology;

namespace Blockchain.Grading.Submissions;

/// <summary>
/// Reads what was handed in: a folder for each student, with a <c>node.json</c>. What is wrong with one is its own
/// matter.
/// </summary>
public static class SubmissionReader
{
    public const string FileName = "node.json";

    private const int MostFiles = 20_000;
    private const long MostBytes = 512L * 1024 * 1024;
    private const long MostBytesOfJson = 1024 * 1024;

    private static readonly string[] Keys =
        ["$schema", "command", "stdio", "build", "environment", "directory", "about"];

    /// <summary>One for each folder, by name.</summary>
    public static IReadOnlyList<Submission> ReadAll(string folder) =>
    [
        .. Directory.EnumerateDirectories(folder)
            .Where(one => !Path.GetFileName(one).StartsWith('.'))
            .Order(StringComparer.Ordinal)
            .Select(Read),
    ];

    public static Submission Read(string folder)
    {
        var name = Path.GetFileName(folder);
        var files = FolderFiles.Of(folder, MostFiles, MostBytes);
        if (files.Problem is { } problem)
        {
            return new Submission(name, folder, "", problem);
        }

        var hash = Hash(folder, files.Paths);
        var path = Path.Combine(folder, FileName);
        if (!files.Paths.Contains(FileName))
        {
            return new Submission(name, folder, hash, $"it has no {FileName}");
        }

        return new FileInfo(path).Length > MostBytesOfJson
            ? new Submission(name, folder, hash, $"{FileName} is too large")
            : Read(name, folder, hash, File.ReadAllBytes(path));
    }

    private static Submission Read(string name, string folder, string hash, byte[] text)
    {
        var problems = new ProblemList();
        var draft = new PeerDraft(JsonPath.Root);
        IReadOnlyList<string>? build = null;
        if (JsonText.TryParse(text, problems, out var document))
        {
            using (document)
            {
                var root = new JsonPlace(document.RootElement, JsonPath.Root, problems);
                foreach (var (key, place) in root.Members("an object with \"stdio\", the command of the program"))
                {
                    if (key == "build")
                    {
                        var words = new PeerDraft(JsonPath.Root);
                        GuestFields.All["stdio"](place, words);
                        build = words.Program?.Stdio;
                    }
                    else if (GuestFields.All.TryGetValue(key, out var read))
                    {
                        read(place, draft);
                    }
                    else if (key is not ("$schema" or "about"))
                    {
                        problems.Error(place.Path, $"is unknown{Spelling.DidYouMean(key, Keys)}");
                    }
                }
            }
        }

        if (!problems.HasErrors && draft.Program?.Stdio is null)
        {
            problems.Error(JsonPath.Root.At("stdio"), "is missing: the program and its arguments for virtual time");
        }

        return new Submission(
            name,
            folder,
            hash,
            problems.HasErrors ? $"{FileName}: {string.Join("; ", problems.All.Select(one => $"{one}"))}" : null)
        {
            Stdio = draft.Program?.Stdio ?? [],
            Build = build,
            Environment = draft.Program?.Environment ?? new Dictionary<string, string>(),
        };
    }

    private static string Hash(string folder, IReadOnlyList<string> files)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var file in files)
        {
            using var stream = File.OpenRead(Path.Combine(folder, file));
            hash.AppendData(Encoding.UTF8.GetBytes($"{file}\0{stream.Length}\0"));
            hash.AppendData(SHA256.HashData(stream));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
