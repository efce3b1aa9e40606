using Blockchain.Shared;

namespace Blockchain.Observatory.Components.Propagation;

/// <summary>What a person did, as a numbered mark on a chart over time.</summary>
/// <param name="Height">Where on the value axis; all stand on its line.</param>
public sealed record RemarkMark(int Number, DateTime At, string Text, double Height = 0)
{
    /// <summary>More would stand on each other.</summary>
    private const int Most = 12;

    /// <summary>The last ones of a stretch of time.</summary>
    public static IReadOnlyList<RemarkMark> Of(IEnumerable<Remark> remarks, TimeSpan from, TimeSpan to)
    {
        ArgumentNullException.ThrowIfNull(remarks);
        return
        [
            .. remarks.Where(remark => remark.Time >= from && remark.Time <= to)
                .OrderBy(remark => remark.Time)
                .TakeLast(Most)
                .Select((remark, index) => new RemarkMark(index + 1, Times.Date(remark.Time), remark.Text)),
        ];
    }
}
