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
        var seen = file.History.Where(told => told.Time >= from && IsMeant(told)).ToLookup(told => told.Peer);
        return file.Each(file.Chosen(Of), reading => (Never, seen[reading.Id].FirstOrDefault()) switch
        {
            (true, { } told) => $"had it at {(told.Time - file.TimeOf(null)).TotalSeconds:0.000} s",
            (false, null) => "had none",
            _ => null,
        });
    }

    private bool IsMeant(PeerEvent told)
    {
        if (EventJson.KindOf(told) != Kind)
        {
            return false;
        }

        if (With.Count == 0)
        {
            return true;
        }

        var json = JsonNode.Parse(EventJson.Write(told))!.AsObject();
        return With.All(member => json[member.Key] is { } value && TextOf(value) == member.Value);
    }

    private static string TextOf(JsonNode value) =>
        value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
}
