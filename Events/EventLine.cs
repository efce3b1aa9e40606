using System.Text.Json;
using Blockchain.Shared;

namespace Blockchain.Events;

/// <summary>A line of a file of events: the first one says what the file is, each further one is an event.</summary>
public static class EventLine
{
    /// <param name="number">Counted from 1.</param>
    /// <returns>The event and its place in the file; null where the line holds none that this version knows.</returns>
    /// <exception cref="InvalidDataException">It is no such line; the message says why, and which.</exception>
    public static (TimeSpan At, PeerEvent Event)? Read(ReadOnlySpan<byte> line, int number)
    {
        line = line.TrimEnd((byte)'\r');
        try
        {
            if (number == 1)
            {
                CheckFirst(line);
                return null;
            }

            return !line.IsEmpty && EventJson.Read(line) is { } happened
                ? (EventJson.ReadPlace(line) ?? happened.Time, happened)
                : null;
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"Line {number} is not an event: {error.Message}", error);
        }
    }

    private static void CheckFirst(ReadOnlySpan<byte> json)
    {
        var first = JsonElement.Parse(json);
        if (first.ValueKind != JsonValueKind.Object
            || !first.TryGetProperty("schema", out var schema)
            || schema.ValueKind != JsonValueKind.String
            || !schema.ValueEquals(EventJson.Schema))
        {
            throw new InvalidDataException($"This is not a recording: the first line does not name the schema "
                + $"\"{EventJson.Schema}\".");
        }

        if (!first.TryGetProperty("version", out var version)
            || version.ValueKind != JsonValueKind.Number
            || !version.TryGetInt32(out var value)
            || value != EventJson.Version)
        {
            throw new InvalidDataException($"The recording has another version than {EventJson.Version}.");
        }
    }
}
