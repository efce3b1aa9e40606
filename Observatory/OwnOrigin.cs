using Microsoft.Net.Http.Headers;

namespace Blockchain.Observatory;

/// <summary>
/// Browsers let any page open websockets to anywhere, and whoever is connected here may act. So pages of others get no
/// answer; those of a name that was made to lead here are refused before, by their host.
/// </summary>
internal static class OwnOrigin
{
    public static void UseOwnOrigin(this IApplicationBuilder app) => app.Use((context, next) =>
    {
        if (IsOwn(context.Request))
        {
            return next(context);
        }

        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    });

    // Not by the scheme as well: where a proxy ends TLS, the page's is another one than that of the request.
    private static bool IsOwn(HttpRequest request)
    {
        var origins = request.Headers[HeaderNames.Origin];
        return origins.Count == 0 || (origins is [{ } one]
            && Uri.TryCreate(one, UriKind.Absolute, out var origin)
            && string.Equals(origin.Authority, request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }
}
