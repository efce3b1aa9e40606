using System.Diagnostics;

namespace Blockchain.Launching.Dashboard;

/// <summary>From an Aspire CLI to the process that is its dashboard.</summary>
internal static class DashboardLaunch
{
    /// <summary>
    /// Runs a command that is told of the launcher's end by SIGTERM, since it does not heed its standard input as our
    /// own
    /// services do. SIGTERM to this script has the same effect; Ctrl-C, which a terminal sends to everybody, has none.
    /// </summary>
    private const string TiedToItsInput = """
        exec 3<&0
        "$@" </dev/null 3<&- &
        child=$!
        (while read -r line; do :; done <&3; kill -TERM $child 2>/dev/null) &
        watcher=$!
        exec 3<&-
        trap 'kill -TERM $child 2>/dev/null' TERM HUP
        trap : INT
        wait $child; code=$?
        while kill -0 $child 2>/dev/null; do wait $child; code=$?; done
        kill $watcher 2>/dev/null
        exit $code
        """;

    /// <param name="cli">The <c>aspire</c> program.</param>
    /// <param name="frontend">Where its pages are to be.</param>
    /// <param name="otlp">Where it is to take telemetry by gRPC.</param>
    /// <param name="otlpHttp">Where it is to take telemetry by HTTP; it does not start without.</param>
    public static ProcessStartInfo StartInfo(string cli, Uri frontend, Uri otlp, Uri otlpHttp)
    {
        string[] command =
        [
            cli, "dashboard", "run", "--allow-anonymous", "--non-interactive", "--nologo",
            "--frontend-url", Origin(frontend), "--otlp-grpc-url", Origin(otlp), "--otlp-http-url", Origin(otlpHttp),
        ];
        var start = OperatingSystem.IsWindows()
            ? new ProcessStartInfo(command[0], command[1..])
            : new ProcessStartInfo("/bin/sh", ["-c", TiedToItsInput, "sh", .. command]);
        start.UseShellExecute = false;
        start.CreateNoWindow = true;
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        var environment = start.Environment;
        environment["DOTNET_ROOT"] = NodeExecutable.RootOfDotnet;
        environment["ASPIRE_VERSION_CHECK_DISABLED"] = "true";
        environment["ASPIRE_CLI_TELEMETRY_OPTOUT"] = "true";
        environment["NO_COLOR"] = "1";
        return start;
    }

    private static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);
}
