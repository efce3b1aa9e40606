using Blockchain.PeerNode.Events;
using Blockchain.Shared;

namespace Blockchain.PeerNode.Tests;

public sealed class NodeEventsTests
{
    public static TheoryData<string> Methods => [.. typeof(IPeerEvents).GetMethods().Select(method => method.Name)];

    /// <summary>The interface has empty bodies, so that the compiler would not miss one.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void NodeEvents_EveryEvent_IsPassedOn(string method)
    {
        var map = typeof(NodeEvents).GetInterfaceMap(typeof(IPeerEvents));
        var index = Array.FindIndex(map.InterfaceMethods, candidate => candidate.Name == method);

        Assert.Equal(typeof(NodeEvents), map.TargetMethods[index].DeclaringType);
    }
}
