using System.Globalization;
using Blockchain.Observatory.State;

namespace Blockchain.Observatory.Recordings;

/// <summary>The recording of the last minutes as a file.</summary>
internal static class RecordingApi
{
    public const string Path = "recording.jsonl";

    public static void MapRecording(this IEndpointRouteBuilder app) => app.MapGet("/" + Path, (LiveNetwork live) =>
    {
        var tape = live.Record();
        var name = string.Create(
            CultureInfo.InvariantCulture, $"blockchain-{DateTime.UnixEpoch + live.Now:yyyyMMdd-HHmmss}.jsonl");
        return Results.Stream(stream => TapeFile.WriteAsync(tape, stream), TapeFile.ContentType, name);
    });
}
