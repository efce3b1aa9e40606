using Blockchain.NodeApi;

namespace Blockchain.PeerNode.Api;

/// <summary>
/// A peer that has failed may be half changed, so nothing of it is told any more, and its health is bad at once.
/// </summary>
internal static class SilenceAfterFailure
{
    public static void UseSilenceAfterFailure(this WebApplication app)
    {
        var loop = app.Services.GetRequiredService<EventLoop>();
        app.Use(async (context, next) =>
        {
            if (!loop.Failure.IsCompleted)
            {
                try
                {
                    await next(context);
                    return;
                }
                catch (NodeStoppingException) when (!context.Response.HasStarted)
                {
                    // Asked before, refused after.
                }
            }

            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsJsonAsync(
                new ErrorAnswer(NodeStoppingException.Text), NodeJson.Default.ErrorAnswer, cancellationToken: default);
        });
    }
}
