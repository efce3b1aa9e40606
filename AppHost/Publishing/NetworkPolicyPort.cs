using YamlDotNet.Serialization;

namespace Blockchain.AppHost.Publishing;

/// <param name="protocol">TCP or UDP.</param>
/// <param name="port">A number, or the name that a container gives to one of its ports.</param>
public sealed class NetworkPolicyPort(string protocol, object port)
{
    [YamlMember(Alias = "protocol")]
    public string Protocol => protocol;

    [YamlMember(Alias = "port")]
    public object Port => port;
}
