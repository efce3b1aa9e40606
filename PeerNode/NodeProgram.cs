using Blockchain.PeerNode.Configuration;
using Blockchain.ServiceDefaults;
using Blockchain.ServiceDefaults.Http;

namespace Blockchain.PeerNode;

/// <summary>One node as a process.</summary>
public static partial class NodeProgram
{
    /// <summary>The exit code of a start that could not be: a mistake in options or file, or a taken port.</summary>
    public const int CannotStart = 2;

    /// <summary>
    /// The exit code of a node whose peer has failed: an error in the program, as <c>sysexits.h</c> calls it.
    /// </summary>
    public const int PeerFailed = 70;

    /// <returns>The exit code of the process.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter errors)
    {
        var builder = WebApplication.CreateSlimBuilder(args);
        builder.Configuration.IgnoreSettingsFiles();
        var read = NodeOptionsReader.Read(builder.Configuration);
        if (!read.IsValid)
        {
            foreach (var error in read.Errors)
            {
                await errors.WriteLineAsync($"error: {error}");
            }

            return CannotStart;
        }

        AddLogging(builder);
        try
        {
            await using var node = await NodeHost.StartAsync(builder, read.Options);
            return await ServeAsync(node, errors);
        }
        catch (IOException e)
        {
            await errors.WriteLineAsync($"error: {e.Message}");
            return CannotStart;
        }
    }

    /// <summary>Asks the node that runs with these arguments whether it is well.</summary>
    /// <inheritdoc cref="HealthProbe.Run"/>
    public static int AskHealth(string[] args, TextWriter errors) =>
        HealthProbe.Run(args, settings => NodeOptionsReader.Read(settings).Options?.Http[0], errors);

    /// <summary>
    /// Waits for the end of a node. If its peer has failed, its last words are written, the sentence that says it all
    /// as the last line: launchers show the end of what a process wrote.
    /// </summary>
    /// <returns>The exit code of the process.</returns>
    internal static async Task<int> ServeAsync(NodeHost node, TextWriter errors)
    {
        await node.WaitForShutdownAsync();
        if (!node.Failure.IsCompleted)
        {
            return 0;
        }

        var error = await node.Failure;
        await errors.WriteLineAsync(error.ToString());
        await errors.WriteLineAsync(
            $"error: peer {node.Options.Plan.Id} failed and ended: {error.GetType().Name}: "
            + error.Message.ReplaceLineEndings(" "));
        return PeerFailed;
    }

    private static void AddLogging(WebApplicationBuilder builder)
    {
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Logging.AddFilter(LogCategories.Peer, LogLevel.Information);
        builder.Logging.AddFilter(LogCategories.Node, LogLevel.Information);

        // It would warn that our endpoints override the URLs, which they are made of.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Server.Kestrel", LogLevel.Error);

        // A failure to start is told in one line by us.
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Logging.AddLines();
    }
}
