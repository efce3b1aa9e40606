using System.Text.Json;
using Blockchain.Observatory.Nodes;
using Blockchain.Shared;

namespace Blockchain.Observatory.Tests.Nodes;

public sealed class NodeTablesTests
{
    private const string Id = "0123456789abcdef";

    public static TheoryData<TableKind, string[], string[], string> Tables => new()
    {
        {
            TableKind.Chain,
            [
                $$"""
                [{"block_id":"{{Id}}","sender":"5005","timestamp":3661.5,"transactions":[{},{}]},
                 {"block_id":"ff","sender":"5001","timestamp":1e300}]
                """,
            ],
            ["2|ff|5001|?|header", "1|01234567|5005|01:01:01|2"],
            "2 blocks"
        },
        {
            TableKind.Pool,
            [$$"""[{"type":"TX","tx_id":"{{Id}}","from":"5000","to":"5001","amount":3,"timestamp":0}]"""],
            ["01234567|5000|5001|3|00:00:00"],
            "1 transaction"
        },
        {
            TableKind.Peers,
            [
                """
                [{"peer_id":"5001","ip":"x","port":1,"status":"ALIVE","nat":true,"light":true},
                 {"peer_id":"5002","ip":"x","port":1,"status":"UNKNOWN","nat":false,"light":false}]
                """,
                """{"5001":0.0421,"5002":null}""",
            ],
            ["5001|ALIVE|light, NATed|42 ms", "5002|UNKNOWN|full|–"],
            "2 peers"
        },
        {
            TableKind.Queue,
            ["""{"5001":{"HIGH":[],"MEDIUM":[],"LOW":[]},"5002":{"HIGH":[{}],"MEDIUM":[],"LOW":[{},{}]}}"""],
            ["5002|1|0|2"],
            "3 waiting messages"
        },
        {
            TableKind.Drops,
            ["""{"TX":{"Loss":2,"QueueFull":1500},"INV":{"Loss":3}}"""],
            ["TX|QueueFull|1,500", "INV|Loss|3", "TX|Loss|2"],
            "1,505 dropped messages"
        },
        {
            TableKind.Blacklist,
            ["""["5004"]""", """{"5001":2,"5003":0,"5004":9}"""],
            ["5004|9|yes", "5001|2|no"],
            "1 banned peer"
        },
        { TableKind.Blacklist, ["[]", "{}"], [], "No banned peers." },
    };

    [Theory]
    [MemberData(nameof(Tables))]
    public void Table_OfAnswers_SaysWhatTheySay(TableKind kind, string[] answers, string[] rows, string note)
    {
        var table = NodeTables.Of(kind, [.. answers.Select(answer => JsonElement.Parse(answer))]);

        Assert.Equal(rows, table.Rows.Select(row => string.Join('|', row)));
        Assert.Equal(note, table.Note);
        Assert.All(table.Rows, row => Assert.Equal(table.Columns.Count, row.Count));
    }

    [Fact]
    public async Task Reader_AskingANode_TellsWhatIsWrongWithIt()
    {
        await using var node = await FakeNode.StartAsync(0, ("/blocks", "[]"), ("/queue", "7"), ("/transactions", "{"));
        await using var host = await Host.StartAsync($"--services:peer-5000:http:0={node.Url}");
        var reader = host.Get<NodeTableReader>();

        var chain = await ReadAsync(TableKind.Chain);
        Assert.Equal("No blocks.", chain.Note);
        foreach (var kind in new[] { TableKind.Queue, TableKind.Pool, TableKind.Drops })
        {
            await Assert.ThrowsAsync<HttpRequestException>(() => ReadAsync(kind));
        }

        Task<NodeTable> ReadAsync(TableKind kind) =>
            reader.ReadAsync(new PeerId("5000"), kind, TestContext.Current.CancellationToken);
    }
}
