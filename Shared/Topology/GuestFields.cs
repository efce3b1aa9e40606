using System.Text.Json;

namespace Blockchain.Shared.Topology;

/// <summary>How the program of a peer stands in the file: the keys that only a program of somebody else has.</summary>
internal static class GuestFields
{
    private static readonly JsonFormat<IReadOnlyList<string>> Words = new(TryReadWords, WriteWords);

    private static readonly JsonFormat<IReadOnlyDictionary<string, string>> Variables =
        new(TryReadVariables, WriteVariables);

    /// <summary>"address" is false, "sender" is true.</summary>
    private static readonly JsonFormat<bool> Identify = new(
        (JsonPlace place, out bool bySender) =>
        {
            var text = place.Value.ValueKind == JsonValueKind.String ? place.Value.GetString() : null;
            bySender = text == "sender";
            return bySender || text == "address" || place.Expected("\"address\" or \"sender\"");
        },
        (writer, bySender) => writer.WriteStringValue(bySender ? "sender" : "address"));

    public static IReadOnlyDictionary<string, Action<JsonPlace, PeerDraft>> All { get; } =
        new Dictionary<string, Action<JsonPlace, PeerDraft>>(StringComparer.Ordinal)
        {
            ["command"] = Into(Words, (program, words) => program with { Command = words }),
            ["stdio"] = Into(Words, (program, words) => program with { Stdio = words }),
            ["directory"] = Into(JsonFormats.Folder, (program, folder) => program with { Directory = folder }),
            ["environment"] = Into(Variables, (program, variables) => program with { Environment = variables }),
            ["identify"] = Into(Identify, (program, bySender) => program with { IsKnownBySender = bySender }),
        };

    public static void Write(Utf8JsonWriter writer, GuestProgram program)
    {
        Write("command", Words, program.Command);
        Write("stdio", Words, program.Stdio);
        Write("directory", JsonFormats.Folder, program.Directory);
        Write("environment", Variables, program.Environment.Count > 0 ? program.Environment : null);
        if (program.IsKnownBySender)
        {
            writer.WritePropertyName("identify");
            Identify.Write(writer, true);
        }

        void Write<T>(string name, JsonFormat<T> format, T? value)
            where T : class
        {
            if (value is not null)
            {
                writer.WritePropertyName(name);
                format.Write(writer, value);
            }
        }
    }

    private static Action<JsonPlace, PeerDraft> Into<T>(
        JsonFormat<T> format, Func<GuestProgram, T, GuestProgram> set) =>
        (place, draft) =>
        {
            if (format.TryRead(place, out var value))
            {
                draft.Program = set(draft.Program ?? new GuestProgram(), value);
            }
        };

    private static bool TryReadWords(JsonPlace place, out IReadOnlyList<string> words)
    {
        var list = new List<string>();
        words = list;
        const string What = "a program and its arguments, such as [\"python3\", \"node.py\"]";
        if (place.Value.ValueKind != JsonValueKind.Array || place.Value.GetArrayLength() == 0)
        {
            return place.Expected(What);
        }

        var index = 0;
        var allRead = true;
        foreach (var element in place.Value.EnumerateArray())
        {
            // No system lets a NUL into an argument.
            if (element.ValueKind == JsonValueKind.String && element.GetString() is { } word && !word.Contains('\0')
                && (index > 0 || word.Length > 0))
            {
                list.Add(word);
            }
            else
            {
                allRead = place.At(index, element).Expected(index == 0 ? "a program, a text" : "an argument, a text");
            }

            index++;
        }

        return allRead;
    }

    private static void WriteWords(Utf8JsonWriter writer, IReadOnlyList<string> words)
    {
        writer.WriteStartArray();
        foreach (var word in words)
        {
            writer.WriteStringValue(word);
        }

        writer.WriteEndArray();
    }

    private static bool TryReadVariables(JsonPlace place, out IReadOnlyDictionary<string, string> variables)
    {
        var read = new SortedDictionary<string, string>(StringComparer.Ordinal);
        variables = read;
        var allRead = place.Value.ValueKind == JsonValueKind.Object;
        foreach (var (name, value) in place.Members("an object of texts such as {\"PYTHONUNBUFFERED\": \"1\"}"))
        {
            if (name.Length == 0 || name.AsSpan().IndexOfAny('=', '\0') >= 0)
            {
                place.Problems.Error(value.Path, "is no name of a variable");
                allRead = false;
            }
            else if (JsonFormats.Text.TryRead(value, out var text))
            {
                read.Add(name, text);
            }
            else
            {
                allRead = false;
            }
        }

        return allRead;
    }

    private static void WriteVariables(Utf8JsonWriter writer, IReadOnlyDictionary<string, string> variables)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in variables)
        {
            writer.WriteString(name, value);
        }

        writer.WriteEndObject();
    }
}
