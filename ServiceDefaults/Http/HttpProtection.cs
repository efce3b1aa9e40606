using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.HostFiltering;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Net.Http.Headers;

namespace Blockchain.ServiceDefaults.Http;

/// <summary>
/// What holds for every HTTP request to a node and to the Observatory: which hosts they answer to, what a caller may
/// take of them, and what browsers may do with the answers. It does not depend on the folder that they start in.
/// </summary>
public static class HttpProtection
{
    /// <summary>A command is small, and so is what a page sends; nothing else has a body.</summary>
    private const long MaxBodyBytes = 64 * 1024;

    private const int MaxHeaderBytes = 16 * 1024;

    private static readonly TimeSpan HeadersTimeout = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan IdleTimeout = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Takes settings from options and the environment only. Else an <c>appsettings.json</c> that lies in the folder by
    /// accident would be obeyed.
    /// </summary>
    public static void IgnoreSettingsFiles(this IConfigurationManager configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        foreach (var file in configuration.Sources.OfType<FileConfigurationSource>().ToArray())
        {
            configuration.Sources.Remove(file);
        }
    }

    /// <param name="service">The name of the service, by which others call it.</param>
    public static void AddHttpProtection(this WebApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.AddSingleton(AllowedHosts.Of(builder.Configuration, service));
        builder.Services.AddSingleton(new ConnectionBudget(ConnectionBudget.Usual));

        // The framework's own filter would refuse the names of this machine as soon as one other is configured.
        builder.Services.PostConfigure<HostFilteringOptions>(options => options.AllowedHosts = ["*"]);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaderBytes;
            kestrel.Limits.RequestHeadersTimeout = HeadersTimeout;
            kestrel.Limits.KeepAliveTimeout = IdleTimeout;
        });
    }

    /// <summary>Counts the connections of an endpoint, so that one caller cannot take the places of all.</summary>
    public static void UseConnectionBudget(this ListenOptions endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var budget = endpoint.ApplicationServices.GetRequiredService<ConnectionBudget>();
        endpoint.Use(next => connection => budget.RunAsync(connection, next));
    }

    /// <summary>To be the first that sees a request.</summary>
    /// <param name="contentSecurityPolicy">What the pages of this service may load and do.</param>
    public static void UseHttpProtection(this WebApplication app, string contentSecurityPolicy)
    {
        ArgumentNullException.ThrowIfNull(app);
        var hosts = app.Services.GetRequiredService<AllowedHosts>();
        app.Use(async (context, next) =>
        {
            var connection = context.Features.Get<HttpConnection>();
            connection?.Begin();
            try
            {
                AddHeaders(context.Response.Headers, contentSecurityPolicy);
                if (hosts.Allow(context.Request.Host, connection?.Reached))
                {
                    await next(context);
                    return;
                }

                context.Response.StatusCode = StatusCodes.Status400BadRequest;
                await context.Response.WriteAsync(
                    "This host name is not allowed here; the setting AllowedHosts adds names.\n");
            }
            finally
            {
                connection?.End();
            }
        });
    }

    /// <summary>Where the caller is connected from, whatever the headers of a proxy say.</summary>
    public static IPAddress CallerAddress(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        return context.Features.Get<HttpConnection>()?.Caller ?? context.Connection.RemoteIpAddress ?? IPAddress.None;
    }

    /// <summary>The caller has shown a secret of this service: others do not push its connection out.</summary>
    public static void TrustConnection(this HttpContext context)
    {
        ArgumentNullException.ThrowIfNull(context);
        context.Features.Get<HttpConnection>()?.Trust();
    }

    private static void AddHeaders(IHeaderDictionary headers, string contentSecurityPolicy)
    {
        headers[HeaderNames.XContentTypeOptions] = "nosniff";
        headers[HeaderNames.XFrameOptions] = "DENY";
        headers[HeaderNames.ContentSecurityPolicy] = contentSecurityPolicy;
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
