using System.Globalization;
using System.Net.Sockets;
using Blockchain.Experiments.Load;
using Blockchain.Lab.Commands;
using Blockchain.Launching;
using Blockchain.NodeApi;
using Blockchain.Shared.Identity;

namespace Blockchain.Lab.Load;

/// <summary>One run of <c>load</c>.</summary>
/// <param name="to">The node's address; null: a node is started for this run.</param>
/// <param name="keepsData">Whether that node keeps what it accepts.</param>
internal sealed class LoadRun(
    string? to, Uri? url, bool keepsData, int transactions, int connections, bool isSigned)
{
    public async Task<int> RunAsync()
    {
        using var stop = new StopRequest();
        try
        {
            return to is null
                ? await AgainstNewNodeAsync(stop.Token)
                : await AgainstAsync(to, stop.Token);
        }
        catch (Exception error) when (error is SocketException or HttpRequestException or IOException)
        {
            await Console.Error.WriteLineAsync($"The node failed: {error.Message}");
            return ExitCode.Failure;
        }
        catch (OperationCanceledException) when (stop.Token.IsCancellationRequested)
        {
            return ExitCode.Failure;
        }
    }

    private async Task<int> AgainstNewNodeAsync(CancellationToken cancellation)
    {
        var lone = await LoneNode.StartAsync(transactions, keepsData, isSigned, cancellation);
        await using (lone)
        {
            if (lone.Node.State != NodeState.Up)
            {
                throw new IOException(string.Join(Environment.NewLine, ["it did not start.", .. lone.Node.LastWords]));
            }

            var info = lone.Node.Plan.Info;
            return await MeasureAsync(
                new LoadTarget(info.Ip, info.Port, lone.Node.Url), lone.Node.Client, lone.Signer, cancellation);
        }
    }

    private async Task<int> AgainstAsync(string address, CancellationToken cancellation)
    {
        if (!LoadTarget.TryParse(address, url, out var target))
        {
            await Console.Error.WriteLineAsync($"\"{address}\" is not an address; write for example 127.28.0.15:5005.");
            return ExitCode.Refused;
        }

        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false });
        return await MeasureAsync(target, new NodeClient(http, target.Url, controlKey: null), null, cancellation);
    }

    /// <param name="signer">Signs each transaction as the node itself; null: they are not signed.</param>
    private async Task<int> MeasureAsync(
        LoadTarget target, NodeClient client, SignedNetwork? signer, CancellationToken cancellation)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 1000.0;
        var share = (transactions + connections - 1) / connections;
        var lines = Enumerable.Range(0, connections)
            .Select(i => TransactionLines.Make(
                signer is not null
                    ? LoneNode.Name
                    : string.Create(CultureInfo.InvariantCulture, $"load-{Environment.ProcessId}-{i}"),
                Math.Clamp(transactions - (i * share), 0, share),
                now + i,
                signer))
            .ToArray();
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"sending {transactions:N0} transactions, {lines.Sum(text => (long)text.Length) / 1e6:0.0} MB, over "
            + $"{connections} {(connections == 1 ? "connection" : "connections")} to {target.Host}:{target.Port}"));
        var result = await new LoadGenerator(target, client)
            .RunAsync(lines, transactions, cancellation);
        Console.WriteLine(result);
        if (result.IsComplete)
        {
            return ExitCode.Success;
        }

        var drops = await client.DropsByReasonAsync(cancellation);
        foreach (var (type, reasons) in drops)
        {
            var counts = reasons.Select(reason => $"{reason.Value} {reason.Key}");
            Console.WriteLine($"  dropped {type}: {string.Join(", ", counts)}");
        }

        return ExitCode.Failure;
    }
}
