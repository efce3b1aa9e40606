using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Shared.Topology;

namespace Blockchain.Trials.Reading;

/// <summary>
/// Reads the network of a scenario: the path of a <c>peers.json</c>; or an object as it stands in one. The object may
/// begin with <c>"file"</c> or <c>"generate"</c>; the rest of it then changes that network member by member, as a merge
/// patch does (RFC 7396).
/// </summary>
internal sealed class NetworkReader(Func<string, byte[]> readFile, ulong seed)
{
    private const string File = "file";
    private const string Generate = "generate";

    private static readonly JsonDocumentOptions Lenient =
        new() { AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <summary>Null after having reported what is wrong.</summary>
    public NetworkPlan? Read(JsonPlace place)
    {
        if (place.Value.ValueKind == JsonValueKind.String)
        {
            return ReadFile(place) is { } bytes ? Parse(place, bytes) : null;
        }

        if (place.Value.ValueKind != JsonValueKind.Object)
        {
            place.Expected("the path of a peers.json, or a network as it stands in one");
            return null;
        }

        var patch = JsonNode.Parse(place.Value.GetRawText(), documentOptions: Lenient)!.AsObject();
        JsonObject? start = [];
        if (place.Value.TryGetProperty(File, out var file))
        {
            start = ReadFile(place.At(File, file)) is { } bytes ? ObjectOf(place.At(File, file), bytes) : null;
        }
        else if (place.Value.TryGetProperty(Generate, out var generate))
        {
            start = RandomNetwork.Read(place.At(Generate, generate), seed) is { } network
                ? JsonNode.Parse(PeersFile.Write(network))!.AsObject()
                : null;
        }

        if (start is null)
        {
            return null;
        }

        patch.Remove(File);
        patch.Remove(Generate);
        Merge(start, patch);
        return Parse(place, JsonSerializer.SerializeToUtf8Bytes(start));
    }

    private byte[]? ReadFile(JsonPlace place)
    {
        if (!place.TryReadText("the path of a peers.json", out var path))
        {
            return null;
        }

        try
        {
            return readFile(path);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or ArgumentException)
        {
            place.Problems.Error(place.Path, problem is FileNotFoundException or DirectoryNotFoundException
                ? $"there is no file \"{path}\" beside the scenario"
                : problem.Message);
            return null;
        }
    }

    private static JsonObject? ObjectOf(JsonPlace place, byte[] bytes)
    {
        // As a network it has been read with all its mistakes before it is changed.
        if (Parse(place, bytes) is null)
        {
            return null;
        }

        return JsonNode.Parse(bytes, documentOptions: Lenient)!.AsObject();
    }

    private static NetworkPlan? Parse(JsonPlace place, byte[] bytes)
    {
        var result = PeersFile.Parse(bytes);
        foreach (var problem in result.Errors)
        {
            place.Problems.Error(place.Path, $"{problem.Path}: {problem.Message}");
        }

        return result.Plan;
    }

    private static void Merge(JsonObject target, JsonObject patch)
    {
        foreach (var (name, value) in patch)
        {
            if (value is null)
            {
                target.Remove(name);
            }
            else if (value is JsonObject change && target[name] is JsonObject old)
            {
                Merge(old, change);
            }
            else
            {
                target[name] = value.DeepClone();
            }
        }
    }
}
