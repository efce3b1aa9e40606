using System.Buffers;

namespace Blockchain.PeerNode.Api;

/// <summary>A JSON array of values that are JSON already, passed on byte for byte.</summary>
internal sealed class RawJsonArray(IEnumerable<ReadOnlyMemory<byte>> items) : IResult
{
    private const long FlushAt = 64 * 1024;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = "application/json";
        var body = httpContext.Response.BodyWriter;
        var isFirst = true;
        body.Write("["u8);
        foreach (var item in items)
        {
            if (!isFirst)
            {
                body.Write(","u8);
            }

            isFirst = false;
            body.Write(item.Span);
            if (body.UnflushedBytes >= FlushAt && (await body.FlushAsync(httpContext.RequestAborted)).IsCompleted)
            {
                return;
            }
        }

        body.Write("]"u8);
        await body.FlushAsync(httpContext.RequestAborted);
    }
}
