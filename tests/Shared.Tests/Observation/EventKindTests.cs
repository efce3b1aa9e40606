using Blockchain.Shared.Observation;

namespace Blockchain.Shared.Tests.Observation;

public sealed class EventKindTests
{
    [Theory]
    [InlineData("""{"kind":"peer-danced","t":1,"peer":"5000"}""")]
    [InlineData("""{"t":1,"peer":"5000","kind":"peer-danced","beat":{"kind":"peer-down"}}""")]
    public void Event_OfALaterKind_IsPassedOver(string json) =>
        Assert.Null(EventJson.Read(System.Text.Encoding.UTF8.GetBytes(json)));
}
