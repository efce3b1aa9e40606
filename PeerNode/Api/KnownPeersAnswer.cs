using System.Text.Json;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Api;

/// <summary><c>{id: [ip, port]}</c>, a pair of two types, which no model describes.</summary>
internal sealed class KnownPeersAnswer(IReadOnlyList<PeerInfo> peers) : IResult
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        await using var json = new Utf8JsonWriter(httpContext.Response.BodyWriter);
        json.WriteStartObject();
        foreach (var peer in peers)
        {
            json.WriteStartArray(peer.Id.Value);
            json.WriteStringValue(peer.Ip);
            json.WriteNumberValue(peer.Port);
            json.WriteEndArray();
        }

        json.WriteEndObject();
    }
}
