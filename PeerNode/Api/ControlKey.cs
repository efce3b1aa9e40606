using Blockchain.NodeApi;
using Blockchain.PeerNode.Configuration;
using Blockchain.ServiceDefaults.Http;

namespace Blockchain.PeerNode.Api;

/// <summary>
/// The key of a node. Whatever is not a mere question needs it, and it is asked for before anything of the request is
/// looked at. A node that was started without one takes no commands at all.
/// </summary>
internal static class ControlKey
{
    public static void UseControlKey(this IApplicationBuilder app, NodeOptions options) => app.Use((context, next) =>
    {
        var hasKey = context.ShowsKeyOf(options);
        if (hasKey)
        {
            context.TrustConnection();
        }

        if (hasKey || IsQuestion(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = options.ControlKey is null
            ? StatusCodes.Status404NotFound
            : StatusCodes.Status401Unauthorized;
        return Task.CompletedTask;
    });

    public static bool ShowsKeyOf(this HttpContext context, NodeOptions options) =>
        options.ControlKey is { } key
        && context.Request.Headers[ControlRoutes.KeyHeader] is [{ } given]
        && Secrets.AreEqual(given, key);

    // By the method too, so that a new route that changes something is closed before anybody thinks of it.
    private static bool IsQuestion(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.Path.StartsWithSegments(ControlRoutes.Root);
}
