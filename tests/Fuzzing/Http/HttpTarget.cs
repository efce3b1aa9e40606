using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Blockchain.Shared;

namespace Blockchain.Fuzzing.Http;

/// <summary>
/// Calls of the control API of a running node: the answer is what the slow rule says, never an error of the server,
/// and afterwards the node still says how it is.
/// </summary>
/// <param name="http">Knows where the node is.</param>
/// <param name="keyHeader">The header that carries the key.</param>
/// <param name="key">Of the node.</param>
public sealed class HttpTarget(HttpClient http, string keyHeader, string key) : IFuzzTarget
{
    private static readonly byte[] Bytes = [.. "{}[],:\"\\ 0123456789eE.-+truefalsnm"u8];

    private static readonly string[] Values =
    [
        "true", "false", "0", "1", "0.5", "-1", "1e3", "3", "10001", "9223372036854775808", "20ms", "1.5s", "2m",
        "10001h", "3", "\"5ms\"", "null", "{}", "[1]", "\"\"", "\"true\"", "NaN", "1.", ".5", "\"\\ud800\"",
        "\"5001,5002\"", "5001,,5002", "5001", "none", "\"none\"", "lazy", "\"withhold\"", "honest",
    ];

    public string Name => "http";

    /// <summary>A line with the path, one with the type of the body, then the body.</summary>
    public byte[] Draw(SeededRandom random)
    {
        var verb = random.Pick<PeerVerb>([.. PeerVerb.All]);
        var names = verb.Parameters.Append("other").ToArray();
        var query = random.Many(
            0, 1, () => $"{random.Pick<string>(names)}={Uri.EscapeDataString(random.Pick<string>(Values))}");
        var members = random.Many(0, 3, () => $"\"{random.Pick<string>(names)}\": {random.Pick<string>(Values)}");
        var body = Encoding.UTF8.GetBytes(random.Next(8) switch
        {
            0 => "",
            1 => $"[{string.Join(", ", members)}]",
            2 => new string('[', random.Pick(5, 70)),
            _ => $"{{{string.Join(", ", members)}}}",
        });
        var name = random.Chance(0.95) ? verb.Name : random.Pick("mines", "..", "%00", "mine/x");
        var type = random.Pick("application/json", "application/json", "application/json", "text/plain", "");
        return
        [
            .. Encoding.UTF8.GetBytes($"{name}?{string.Join('&', query)}\n{type}\n"),
            .. random.Chance(0.7) ? body : random.Edited(body, Bytes),
        ];
    }

    public IReadOnlyList<byte[]> PartsOf(byte[] input) => [.. input.Chunk(1)];

    public void Check(byte[] input)
    {
        var lines = Encoding.UTF8.GetString(input).Split('\n');
        var start = lines.Take(2).Sum(line => Encoding.UTF8.GetByteCount(line) + 1);
        if (lines.Length < 3
            || start > input.Length
            || !Uri.TryCreate($"/control/{lines[0]}", UriKind.Relative, out var path))
        {
            return;
        }

        var body = input[start..];
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) };
        request.Headers.Add(keyHeader, key);
        var isJson = MediaTypeHeaderValue.TryParse(lines[1], out var type);
        request.Content.Headers.ContentType = type;
        using var answer = http.Send(request);
        var expected = Expected(lines[0], isJson && type!.MediaType == "application/json", body);
        FuzzException.Unless(
            expected.Contains(answer.StatusCode),
            $"{answer.StatusCode} is answered, where {string.Join(" or ", expected)} is right");
        using var status = http.Send(new HttpRequestMessage(HttpMethod.Get, "/status"));
        FuzzException.UnlessSame(HttpStatusCode.OK, status.StatusCode, "status");
    }

    private static HttpStatusCode[] Expected(string path, bool isJson, byte[] body)
    {
        var (verb, query) = path.Split('?', 2) is [var before, var after] ? (before, after) : (path, "");
        if (PeerVerb.All.All(known => known.Name != verb))
        {
            return [HttpStatusCode.NotFound, HttpStatusCode.BadRequest, HttpStatusCode.MethodNotAllowed];
        }

        var given = query.Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2))
            .ToLookup(
                pair => Uri.UnescapeDataString(pair[0]),
                pair => Uri.UnescapeDataString(pair.Length > 1 ? pair[1] : ""),
                StringComparer.OrdinalIgnoreCase);
        Dictionary<string, string> members = [];
        if (isJson && body.Length > 0 && !SlowControl.TryRead(body, out members))
        {
            return [HttpStatusCode.BadRequest];
        }

        string? Argument(string name) =>
            given.Contains(name) ? string.Join(',', given[name]) : members.GetValueOrDefault(name);
        return SlowControl.IsCommand(verb, Argument)
            ? [HttpStatusCode.OK, HttpStatusCode.Conflict]
            : [HttpStatusCode.BadRequest];
    }
}
