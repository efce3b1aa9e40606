using System.Globalization;
using Blockchain.ServiceDefaults;
using Blockchain.ServiceDefaults.Http;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;

namespace Blockchain.Observatory.Login;

/// <summary>
/// Lets in who has opened the address with the token, by a cookie that scripts cannot read and pages of others cannot
/// use. Every user of a machine reaches its loopback addresses; only who started the network has the token.
/// </summary>
internal sealed partial class LoginGate(LoginTokens tokens, IServer server, ILoggerFactory loggers)
{
    /// <summary>What programs ask: it tells nothing of the network, and changes nothing.</summary>
    private static readonly string[] OpenToAll =
        [ServiceRoutes.Health, ServiceRoutes.Alive, ServiceRoutes.Metrics];

    private readonly ILogger _logger = loggers.CreateLogger(LogCategories.Login);

    /// <summary>Says at which address the next browser is let in.</summary>
    public void SayWhere()
    {
        if (server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() is { } address)
        {
            // It may listen on every address; the reader of the log has one of them.
            var here = address.Replace("[::]", "localhost", StringComparison.Ordinal)
                .Replace("0.0.0.0", "localhost", StringComparison.Ordinal);
            OpenAt($"{here}{LoginRoute.Path}?{LoginRoute.Token}={tokens.Token}");
        }
    }

    public Task PassAsync(HttpContext context, RequestDelegate next)
    {
        var request = context.Request;
        var isIn = request.Cookies[CookieOf(request)] is { } session && tokens.IsSession(session);
        if (isIn)
        {
            context.TrustConnection();
        }

        if (request.Path == LoginRoute.Path)
        {
            return LogIn(context, isIn);
        }

        return isIn || OpenToAll.Any(path => request.Path == path) ? next(context) : RefuseAsync(context);
    }

    /// <summary>Browsers keep cookies of a host together, whatever the port.</summary>
    private static string CookieOf(HttpRequest request) =>
        string.Create(CultureInfo.InvariantCulture, $"observatory-{request.Host.Port ?? 80}");

    private Task LogIn(HttpContext context, bool isIn)
    {
        if (!isIn)
        {
            if (context.Request.Query[LoginRoute.Token] is not [{ } token]
                || tokens.TryExchange(token) is not { } session)
            {
                return RefuseAsync(context);
            }

            context.Response.Cookies.Append(CookieOf(context.Request), session, new CookieOptions
            {
                HttpOnly = true,
                SameSite = SameSiteMode.Strict,
                Secure = context.Request.IsHttps,
                IsEssential = true,
            });
            SayWhere();
        }

        // A page of its own, not a redirect: a browser that has come from another site would follow that without the
        // cookie. Either way the token is gone from the address.
        return WritePageAsync(context, StatusCodes.Status200OK, LoginPages.GoOn("/"));
    }

    private static Task RefuseAsync(HttpContext context)
    {
        var headers = context.Request.Headers;

        // Of who follows a link of another site, browsers keep the cookie back once; asked by our own page, they send
        // it.
        var cameByLink = headers["Sec-Fetch-Site"] == "cross-site" && headers["Sec-Fetch-Mode"] == "navigate"
            && HttpMethods.IsGet(context.Request.Method) && context.Request.Path != LoginRoute.Path;
        return cameByLink
            ? WritePageAsync(
                context, StatusCodes.Status200OK, LoginPages.GoOn(context.Request.Path + context.Request.QueryString))
            : WritePageAsync(context, StatusCodes.Status401Unauthorized, LoginPages.Refusal);
    }

    private static Task WritePageAsync(HttpContext context, int status, string page)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/html; charset=utf-8";
        context.Response.Headers.CacheControl = "no-store";
        return context.Response.WriteAsync(page);
    }

    [LoggerMessage(LogLevel.Information, "For one more browser: {Url}")]
    private partial void OpenAt(string url);
}
