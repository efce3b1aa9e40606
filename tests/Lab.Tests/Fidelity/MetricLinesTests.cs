using Blockchain.NodeApi;

namespace Blockchain.Lab.Tests.Fidelity;

public sealed class MetricLinesTests
{
    [Fact]
    public void ByLabel_PageOfANode_HasTheCounterByItsLabelAlone()
    {
        const string Page = """
            # TYPE a_total counter
            # HELP a_total Something.
            a_total{otel_scope_name="S",type="INV"} 8
            a_total{otel_scope_name="T",type="INV"} 2 1763880000
            a_total{otel_scope_name="S",type="TX"} 1.5e+03
            a_total{otel_scope_name="S"} 7
            a_total_other{type="INV"} 100
            b_total{type="INV"} 100
            # EOF
            """;
        Assert.Equal(
            new Dictionary<string, long> { ["INV"] = 10, ["TX"] = 1500 },
            MetricLines.ByLabel(Page, "a_total", "type"));
    }
}
