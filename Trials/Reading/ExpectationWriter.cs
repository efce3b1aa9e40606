using System.Text.Json.Nodes;
using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;
using Blockchain.Trials.Expectations;

namespace Blockchain.Trials.Reading;

/// <summary>Writes what <see cref="ExpectationReader"/> reads.</summary>
internal static class ExpectationWriter
{
    public static JsonObject Write(Expectation expectation)
    {
        var json = expectation switch
        {
            SameChain same => new JsonObject { ["sameChain"] = Text(same.Of) },
            Height height => With(new JsonObject { ["height"] = Text(height.Of) }, height.Bound),
            Everywhere everywhere => new JsonObject { ["everywhere"] = everywhere.What, ["of"] = Text(everywhere.Of) },
            Banned banned => new JsonObject
            {
                [banned.IsBanned ? "banned" : "notBanned"] = Text(banned.Peers),
                ["by"] = Text(banned.By),
            },
            Knows knows => new JsonObject
            {
                [knows.Hears ? "hears" : "knows"] = Text(knows.Others),
                ["of"] = Text(knows.Of),
            },
            Answers answers => new JsonObject { ["answers"] = Text(answers.Of) },
            Seen seen => Write(seen),
            Measured measured => Write(measured),
            Reached reached => With(
                new JsonObject
                {
                    ["reached"] = PeerChoiceText.Percent(reached.Share),
                    ["of"] = Text(reached.Of),
                    ["percentile"] = reached.Percentile,
                },
                reached.Bound),
            CopiesReceived copies => With(new JsonObject { ["copies"] = Text(copies.Of) }, copies.Bound),
            _ => throw new ArgumentOutOfRangeException(nameof(expectation), expectation, "It has no form as JSON."),
        };
        if (expectation.Since is { } since)
        {
            json["since"] = since.Time is { } time ? Durations.Format(time) : since.Label;
        }

        return json;
    }

    private static JsonObject Write(Seen seen)
    {
        var json = new JsonObject
        {
            [seen.Never ? "neverSeen" : "seen"] = seen.Kind,
            ["of"] = Text(seen.Of),
        };
        if (seen.With.Count > 0)
        {
            json["with"] = new JsonObject(
                seen.With.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)JsonValue.Create(one.Value))));
        }

        return json;
    }

    private static JsonObject Write(Measured measured)
    {
        var json = new JsonObject { ["metric"] = measured.Metric.Name, ["of"] = Text(measured.Of) };
        foreach (var (tag, value) in measured.Tags)
        {
            json[tag] = value;
        }

        if (measured.Metric.Kind == MetricKind.Distribution)
        {
            json["percentile"] = measured.Percentile;
        }

        return With(json, measured.Bound);
    }

    private static JsonObject With(JsonObject json, Bound bound)
    {
        if (bound.AtLeast is { } least)
        {
            json["atLeast"] = least;
        }

        if (bound.AtMost is { } most)
        {
            json["atMost"] = most;
        }

        return json;
    }

    private static string Text(PeerChoice choice) => PeerChoiceText.Format(choice);
}
