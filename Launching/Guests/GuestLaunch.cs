using System.Diagnostics;
using System.Net.Sockets;
using Blockchain.Shared;
using Blockchain.Shared.Topology;

namespace Blockchain.Launching.Guests;

/// <summary>From a planned peer that is a program of somebody else to its process, which talks over TCP.</summary>
internal static class GuestLaunch
{
    private const string Id = "{id}";
    private const string File = "{file}";

    /// <param name="file">The network as a plain file, see <see cref="PlainPlan"/>.</param>
    /// <exception cref="RefusedException">It has no program for real time.</exception>
    public static ProcessStartInfo StartInfo(PeerPlan peer, string file) =>
        ProcessOf(peer.Program!, CommandOf(peer, file));

    /// <summary>The program and its arguments.</summary>
    /// <inheritdoc cref="StartInfo"/>
    public static IReadOnlyList<string> CommandOf(PeerPlan peer, string file)
    {
        if (peer.Program!.Command is not { } command)
        {
            throw new RefusedException(
                $"peer {peer.Id} is a program that talks over standard input and output only; "
                + "give it \"command\", its command for real time");
        }

        return
        [
            .. command.Select(word => word
                .Replace(Id, peer.Id.Value, StringComparison.Ordinal)
                .Replace(File, file, StringComparison.Ordinal)),
        ];
    }

    /// <summary>With nothing of our own environment but what programs need to be found and to run.</summary>
    public static ProcessStartInfo ProcessOf(GuestProgram program, IReadOnlyList<string> command)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            WorkingDirectory = program.Directory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment.Clear();
        foreach (var kept in (string[])["PATH", "HOME", "LANG", "DOTNET_ROOT", "SystemRoot", "TEMP", "TMPDIR"])
        {
            if (Environment.GetEnvironmentVariable(kept) is { } value)
            {
                start.Environment[kept] = value;
            }
        }

        foreach (var (variable, value) in program.Environment)
        {
            start.Environment[variable] = value;
        }

        return start;
    }

    /// <summary>Whether somebody listens where the peer should.</summary>
    public static async Task<bool> AnswersAsync(PeerInfo peer, CancellationToken stop)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(peer.Ip, peer.Port, stop);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
