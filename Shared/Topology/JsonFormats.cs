using System.Text.Json;

namespace Blockchain.Shared.Topology;

/// <summary>The kinds of value that <c>peers.json</c> has.</summary>
internal static class JsonFormats
{
    public static JsonFormat<bool> Flag { get; } = new(TryReadFlag, (writer, value) => writer.WriteBooleanValue(value));

    /// <summary>"auto" is false, "manual" is true.</summary>
    public static JsonFormat<bool> ManualStart { get; } =
        new(TryReadStart, (writer, value) => writer.WriteStringValue(value ? "manual" : "auto"));

    /// <summary>"never" is false, "always" is true.</summary>
    public static JsonFormat<bool> Restart { get; } =
        new(TryReadRestart, (writer, value) => writer.WriteStringValue(value ? "always" : "never"));

    /// <summary>"signed" is true, and there is nothing else yet.</summary>
    public static JsonFormat<bool> Signed { get; } =
        new(TryReadSigned, (writer, _) => writer.WriteStringValue("signed"));

    public static JsonFormat<PublicKey> Key { get; } =
        new(TryReadKey, (writer, value) => writer.WriteStringValue(value.ToString()));

    public static JsonFormat<string> Text { get; } =
        new(TryReadText, (writer, value) => writer.WriteStringValue(value));

    /// <summary>The path of a folder.</summary>
    public static JsonFormat<string> Folder { get; } =
        new(TryReadFolder, (writer, value) => writer.WriteStringValue(value));

    public static JsonFormat<Ipv4> Address { get; } =
        new(TryReadAddress, (writer, value) => writer.WriteStringValue(value.ToString()));

    public static JsonFormat<IReadOnlyList<PeerId>> PeerIds { get; } = new(TryReadPeerIds, WritePeerIds);

    /// <summary>Zero is allowed.</summary>
    public static JsonFormat<TimeSpan> Duration { get; } = DurationFrom(TimeSpan.Zero);

    public static JsonFormat<TimeSpan> PositiveDuration { get; } = DurationFrom(TimeSpan.FromTicks(1));

    public static JsonFormat<double> Probability { get; } = Number(0, 1);

    /// <summary>Bits per second; 0: no limit.</summary>
    public static JsonFormat<long> Bandwidth { get; } =
        new(TryReadBandwidth, (writer, value) => writer.WriteStringValue(BitRates.Format(value)));

    /// <summary>[min, max] of times, or one for both.</summary>
    public static JsonFormat<Range<TimeSpan>> Latency { get; } = RangeOf(Duration);

    /// <summary>An object {messages, window}; 0, null or zero messages for no limit.</summary>
    public static JsonFormat<RateLimit> Limit { get; } = new(TryReadLimit, WriteLimit);

    /// <summary>One of the names of a registry.</summary>
    public static JsonFormat<string> NameOf(Registry registry) => new(
        (JsonPlace place, out string value) =>
        {
            if (!TryReadText(place, out value))
            {
                return false;
            }

            var problem = registry.Problem(value);
            if (problem is not null)
            {
                place.Problems.Error(place.Path, problem);
            }

            return problem is null;
        },
        (writer, value) => writer.WriteStringValue(value));

    public static JsonFormat<int> Integer(int min, int max = int.MaxValue, string remark = "")
    {
        var what = (max == int.MaxValue ? $"a whole number of at least {min}" : $"a whole number from {min} to {max}")
            + remark;
        return new(
            (JsonPlace place, out int value) =>
            {
                value = 0;
                return (place.Value.ValueKind == JsonValueKind.Number
                    && place.Value.TryGetInt32(out value)
                    && value >= min
                    && value <= max) || place.Expected(what);
            },
            (writer, value) => writer.WriteNumberValue(value));
    }

    public static JsonFormat<double> Number(double min, double max = double.MaxValue)
    {
        var what = max == double.MaxValue ? $"a number of at least {min}" : $"a number from {min} to {max}";
        return new(
            (JsonPlace place, out double value) =>
            {
                value = 0;
                return (place.Value.ValueKind == JsonValueKind.Number
                    && place.Value.TryGetDouble(out value)
                    && value >= min
                    && value <= max) || place.Expected(what);
            },
            (writer, value) => writer.WriteNumberValue(value));
    }

    /// <summary>[min, max], or one value for both.</summary>
    public static JsonFormat<Range<T>> RangeOf<T>(JsonFormat<T> bound)
        where T : struct, IComparable<T> =>
        new(
            (JsonPlace place, out Range<T> range) => TryReadRange(place, bound, out range),
            (writer, range) =>
            {
                if (range.Min.CompareTo(range.Max) == 0)
                {
                    bound.Write(writer, range.Min);
                    return;
                }

                writer.WriteStartArray();
                bound.Write(writer, range.Min);
                bound.Write(writer, range.Max);
                writer.WriteEndArray();
            });

    private static bool TryReadRange<T>(JsonPlace place, JsonFormat<T> bound, out Range<T> range)
        where T : struct, IComparable<T>
    {
        range = default;
        if (place.Value.ValueKind != JsonValueKind.Array)
        {
            if (!bound.TryRead(place, out var both))
            {
                return false;
            }

            range = new Range<T>(both, both);
            return true;
        }

        if (place.Value.GetArrayLength() != 2)
        {
            return place.Expected("one value or [min, max]");
        }

        var minRead = bound.TryRead(place.At(0, place.Value[0]), out var min);
        var maxRead = bound.TryRead(place.At(1, place.Value[1]), out var max);
        if (!minRead || !maxRead)
        {
            return false;
        }

        range = new Range<T>(min, max);
        return min.CompareTo(max) <= 0 || place.Expected("[min, max] with min at most max");
    }

    private static JsonFormat<TimeSpan> DurationFrom(TimeSpan min)
    {
        var what =
            $"a duration {(min == TimeSpan.Zero ? "from 0" : "above 0")} to {Durations.Format(Durations.Longest)}, "
            + "such as \"15s\", \"100ms\", \"10min\", \"1h\" or a number of seconds";
        return new(
            (JsonPlace place, out TimeSpan value) =>
                (TryReadDuration(place.Value, out value) && value >= min && value <= Durations.Longest)
                || place.Expected(what),
            (writer, value) => writer.WriteStringValue(Durations.Format(value)));
    }

    private static bool TryReadDuration(JsonElement value, out TimeSpan duration)
    {
        duration = default;
        return value.ValueKind switch
        {
            JsonValueKind.String => Durations.TryParse(value.GetString(), out duration),
            JsonValueKind.Number =>
                value.TryGetDouble(out var seconds) && Durations.TryFromSeconds(seconds, out duration),
            _ => false,
        };
    }

    private static bool TryReadBandwidth(JsonPlace place, out long bitsPerSecond)
    {
        bitsPerSecond = 0;
        return place.Value.ValueKind switch
        {
            JsonValueKind.String => BitRates.TryParse(place.Value.GetString(), out bitsPerSecond),
            JsonValueKind.Number =>
                place.Value.TryGetDouble(out var number) && BitRates.TryFrom(number, out bitsPerSecond),
            _ => false,
        } || place.Expected("a bandwidth such as \"20Mbit/s\", a number of bits per second, or 0 for no limit");
    }

    private static bool TryReadLimit(JsonPlace place, out RateLimit limit)
    {
        limit = RateLimit.None;
        if (place.Value.ValueKind == JsonValueKind.Null)
        {
            return true;
        }

        if (place.Value.ValueKind == JsonValueKind.Number && place.Value.TryGetDouble(out var number) && number == 0)
        {
            return true;
        }

        if (place.Value.ValueKind != JsonValueKind.Object)
        {
            return place.Expected("an object such as {\"messages\": 100, \"window\": \"5s\"}, or 0 for no limit");
        }

        var draft = new LimitDraft();
        var found = place.ReadInto(LimitDraft.Fields, draft, "a limit");
        if (!found.Contains("messages"))
        {
            place.Problems.Error(place.Path.At("messages"), "is missing: how many messages, 0 for no limit");
        }

        if (!found.Contains("window") && draft.Messages != 0)
        {
            place.Problems.Error(
                place.Path.At("window"), "is missing: the time in which so many are allowed, such as \"5s\"");
        }

        if (draft.Messages is not { } messages || (messages != 0 && draft.Window is null))
        {
            return false;
        }

        limit = messages == 0 ? RateLimit.None : new RateLimit(messages, draft.Window!.Value);
        return true;
    }

    private static void WriteLimit(Utf8JsonWriter writer, RateLimit limit)
    {
        if (!limit.IsLimited)
        {
            writer.WriteNumberValue(0);
            return;
        }

        writer.WriteStartObject();
        writer.WriteNumber("messages", limit.Messages);
        writer.WriteString("window", Durations.Format(limit.Window));
        writer.WriteEndObject();
    }

    private static bool TryReadFlag(JsonPlace place, out bool value)
    {
        value = place.Value.ValueKind == JsonValueKind.True;
        return value || place.Value.ValueKind == JsonValueKind.False || place.Expected("true or false");
    }

    private static bool TryReadStart(JsonPlace place, out bool manual)
    {
        manual = IsText(place.Value, "manual");
        return manual || IsText(place.Value, "auto") || place.Expected("\"auto\" or \"manual\"");
    }

    private static bool TryReadRestart(JsonPlace place, out bool always)
    {
        always = IsText(place.Value, "always");
        return always || IsText(place.Value, "never") || place.Expected("\"always\" or \"never\"");
    }

    private static bool TryReadSigned(JsonPlace place, out bool isSigned)
    {
        isSigned = IsText(place.Value, "signed");
        return isSigned || place.Expected("\"signed\"; or leave it out");
    }

    private static bool TryReadKey(JsonPlace place, out PublicKey key)
    {
        key = default;
        return (place.Value.ValueKind == JsonValueKind.String && PublicKey.TryParse(place.Value.GetString(), out key))
            || place.Expected($"a public key, {PublicKey.HexLength} lower-case hex digits");
    }

    private static bool IsText(JsonElement value, string text) =>
        value.ValueKind == JsonValueKind.String && value.ValueEquals(text);

    private static bool TryReadText(JsonPlace place, out string value)
    {
        var isText = place.Value.ValueKind == JsonValueKind.String;
        value = isText ? place.Value.GetString()! : "";
        return isText || place.Expected("a text");
    }

    private static bool TryReadFolder(JsonPlace place, out string value) =>
        (TryReadText(place, out value) && value.Length > 0 && value.All(letter => !char.IsControl(letter)))
        || (place.Value.ValueKind == JsonValueKind.String && place.Expected("the path of a folder"));

    private static bool TryReadAddress(JsonPlace place, out Ipv4 address)
    {
        address = default;
        return (place.Value.ValueKind == JsonValueKind.String && Ipv4.TryParse(place.Value.GetString(), out address))
            || place.Expected("an IPv4 address such as \"127.28.0.10\"");
    }

    private static bool TryReadPeerIds(JsonPlace place, out IReadOnlyList<PeerId> ids)
    {
        var list = new List<PeerId>();
        ids = list;
        if (place.Value.ValueKind != JsonValueKind.Array)
        {
            return place.Expected("an array of peer ids such as [\"5005\"]");
        }

        var index = 0;
        var allRead = true;
        foreach (var element in place.Value.EnumerateArray())
        {
            if (element.ValueKind == JsonValueKind.String)
            {
                list.Add(new PeerId(element.GetString()!));
            }
            else
            {
                allRead = place.At(index, element).Expected("a peer id, a text such as \"5005\"");
            }

            index++;
        }

        return allRead;
    }

    private static void WritePeerIds(Utf8JsonWriter writer, IReadOnlyList<PeerId> ids)
    {
        writer.WriteStartArray();
        foreach (var id in ids)
        {
            writer.WriteStringValue(id.Value);
        }

        writer.WriteEndArray();
    }
}
