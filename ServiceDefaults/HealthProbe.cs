using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;

namespace Blockchain.ServiceDefaults;

/// <summary>
/// Asks a running service whether it is well, as a second process of the same program: what a container's health check
/// runs, since images of the runtime have no program that could ask. It runs every few seconds in every container, so
/// it
/// does without a web host and an HTTP client, which take three times as long to start.
/// </summary>
public static class HealthProbe
{
    private const int Healthy = 0;
    private const int Unhealthy = 1;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <param name="args">Those that the service has, and <see cref="ServiceRoutes.HealthOption"/>.</param>
    /// <param name="usual">Where the service listens if neither URLs nor a port are set; null if that cannot be
    /// told.</param>
    /// <param name="errors">Where to say what is wrong.</param>
    /// <returns>The exit code that health checks expect: 0 if the service is healthy, else 1.</returns>
    public static int Run(string[] args, Func<IConfiguration, IPEndPoint?> usual, TextWriter errors)
    {
        ArgumentNullException.ThrowIfNull(usual);
        ArgumentNullException.ThrowIfNull(errors);
        var settings = new ConfigurationBuilder()
            .AddEnvironmentVariables("ASPNETCORE_")
            .AddEnvironmentVariables()
            .AddCommandLine([.. args.Where(arg => arg != ServiceRoutes.HealthOption)])
            .Build();
        if ((Set(settings) ?? usual(settings)) is not { } bound)
        {
            errors.WriteLine("The settings do not say where the service listens.");
            return Unhealthy;
        }

        var isEvery = bound.Address.Equals(IPAddress.Any) || bound.Address.Equals(IPAddress.IPv6Any);
        var service = isEvery ? new IPEndPoint(IPAddress.Loopback, bound.Port) : bound;
        try
        {
            var answer = Ask(service);
            if (answer.StartsWith("HTTP/1.1 200 ", StringComparison.Ordinal))
            {
                return Healthy;
            }

            errors.WriteLine($"http://{service}{ServiceRoutes.Health} answers: {answer.Split('\r')[0]}");
        }
        catch (SocketException problem)
        {
            errors.WriteLine($"http://{service} does not answer: {problem.Message}");
        }

        return Unhealthy;
    }

    /// <summary>The first address that is set, as the web server reads it.</summary>
    private static IPEndPoint? Set(IConfiguration settings)
    {
        if (First(settings[WebHostDefaults.ServerUrlsKey]) is { } url)
        {
            var bound = BindingAddress.Parse(url);
            return new(IPAddress.TryParse(bound.Host.Trim('[', ']'), out var ip) ? ip : IPAddress.Any, bound.Port);
        }

        return First(settings[WebHostDefaults.HttpPortsKey]) is { } port && ushort.TryParse(port, out var number)
            ? new(IPAddress.Any, number)
            : null;
    }

    private static string? First(string? list) => list?
        .Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .FirstOrDefault();

    /// <returns>The beginning of the answer.</returns>
    private static string Ask(IPEndPoint service)
    {
        using var socket = new Socket(service.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            SendTimeout = (int)Patience.TotalMilliseconds,
            ReceiveTimeout = (int)Patience.TotalMilliseconds,
        };
        socket.Connect(service);
        socket.Send(Encoding.ASCII.GetBytes(
            $"GET {ServiceRoutes.Health} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"));
        var answer = new byte[256];
        return Encoding.ASCII.GetString(answer, 0, socket.Receive(answer));
    }
}
