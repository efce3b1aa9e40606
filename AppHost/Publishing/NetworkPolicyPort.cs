using YamlDotNet.Serialization;

namespace Blockchain.AppHost.Publishing;

/// <param name="protocol">TCP or UDP.</param>
public sealed class NetworkPolicyPort(string protocol, int port)
{
    [YamlMember(Alias = "protocol")]
    public string Protocol => protocol;

    [YamlMember(Alias = "port")]
    public int Port => port;
}
