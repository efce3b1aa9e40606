using System.Text.Json;
using System.Text.Json.Nodes;
using Blockchain.Events;
using Blockchain.Shared;
using Blockchain.Trials.Acts;
using Blockchain.Trials.Evidence;

namespace Blockchain.Trials.Expectations;

/// <summary>An event happened at each of some peers, or never at any of them.</summary>
/// <param name="Kind">As in docs/events.md: "chain-reorganised".</param>
/// <param name="With">Members that the event must have, with their values as in JSON.</param>
/// <param name="Never">It must not have happened.</param>
public sealed record Seen(string Kind, IReadOnlyDictionary<string, string> With, PeerChoice Of, bool Never)
    : Expectation
{
    public override Need Needs => Need.Status;

    public override IEnumerable<PeerChoice> About => [Of];

    public override string Describe()
    {
        var with = With.Count == 0 ? "" : " with " + string.Join(", ", With.Select(one => $"{one.Key} {one.Value}"));
        return $"{Kind}{with} {(Never ? "never " : "")}seen at {Text(Of)}{SinceText}";
    }

    public override Judgement Judge(CaseFile file)
    {
        ArgumentNullException.ThrowIfNull(file);
        var from = file.TimeOf(Since);
        var all = file.History.Where(told => told.Time >= from && EventJson.KindOf(told) == Kind)
            .ToLookup(told => told.Peer);
        return file.Each(file.Chosen(Of), reading => (Never, all[reading.Id].FirstOrDefault(IsMeant)) switch
        {
            (true, { } told) => $"had it at {(told.Time - file.TimeOf(null)).TotalSeconds:0.000} s",
            (false, null) => $"had {Others([.. all[reading.Id]])}",
            _ => null,
        });
    }

    /// <summary>"none", or what those had that are not meant: "depth 2, 3".</summary>
    private string Others(IReadOnlyList<PeerEvent> others)
    {
        const int Most = 5;
        return others.Count == 0 || With.Count == 0 ? "none" : string.Join(" and ", With.Keys.Select(key =>
        {
            var values = others.Select(told => Member(told, key) ?? "none").Distinct().ToArray();
            return $"{key} {string.Join(", ", values.Take(Most))}{(values.Length > Most ? ", …" : "")}";
        }));
    }

    private bool IsMeant(PeerEvent told) => With.All(member => Member(told, member.Key) == member.Value);

    private static string? Member(PeerEvent told, string key) =>
        JsonNode.Parse(EventJson.Write(told))!.AsObject()[key] is { } value ? TextOf(value) : null;

    private static string TextOf(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
