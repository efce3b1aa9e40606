using Aspire.Hosting.Docker.Resources.ComposeNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes;
using Aspire.Hosting.Docker.Resources.ServiceNodes.Swarm;
using Blockchain.NodeApi;

namespace Blockchain.AppHost.Publishing;

/// <summary>What a container may have of its machine, and how one sees that it is well.</summary>
internal static class ComposeConfinement
{
    // An idle node takes about 40 MB and hardly any time; a hundred thousand transactions in its pool some hundred MB.
    public static void Confine(this Service service, string memory = "512M")
    {
        service.Hostname = service.Name;
        service.Restart = "unless-stopped";
        service.Deploy = new Deploy { Resources = new() { Limits = new() { Cpus = "1", Memory = memory } } };

        // None needs a right that its user does not have, or keeps anything; the runtime puts a socket in /tmp.
        service.CapDrop.Add("ALL");
        service.SecurityOpt.Add("no-new-privileges:true");
        service.ReadOnly = true;
        service.Tmpfs.Add("/tmp:size=16m");

        // Who is in two networks passes no packets between them, whatever the kernel does for containers by itself.
        service.Sysctls["net.ipv4.ip_forward"] = "0";
        service.Logging = new Logging
        {
            Driver = "json-file",
            Options = { ["max-size"] = "10m", ["max-file"] = "3" },
        };
    }

    /// <param name="program">In the folder where PublishContainer puts it.</param>
    public static void CheckHealth(this Service service, string program) => service.Healthcheck = new Healthcheck
    {
        // Each check is a process that takes a sixth of a second of a core.
        Test = ["CMD", "dotnet", $"/app/{program}", ServiceRoutes.HealthOption],
        Interval = "30s",
        Timeout = "5s",
        Retries = 3,
        StartPeriod = "20s",
    };
}
