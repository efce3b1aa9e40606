using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Wire;

public sealed class PinSketchTests
{
    private static readonly Gen<uint> Number = Gen.UInt[1, uint.MaxValue];

    [Fact]
    public void Read_RandomSets_GivesTheDifference_IfItFits() =>
        Gen.Select(Number.HashSet[0, 30], Number.HashSet[0, 12], Number.HashSet[0, 12]).Sample((both, one, other) =>
        {
            one.ExceptWith(both);
            other.ExceptWith(both);
            var difference = one.Except(other).Concat(other.Except(one)).Order().ToArray();
            var capacity = Math.Max(1, difference.Length);
            var sketch = Of(both.Concat(one), capacity);
            sketch.Add(Of(both.Concat(other), capacity));
            Assert.Equal(difference, sketch.Read()!.Order());
        }, iter: 100);

    /// <summary>
    /// A polynomial of degree c has c roots once in c! times, here once in 40,320 times at most: then something else is
    /// read.
    /// </summary>
    [Fact]
    public void Read_MoreThanFits_GivesNothing() =>
        Number.HashSet[12, 20].Sample(
            numbers => Assert.Null(Of(numbers, numbers.Count - 1 - (numbers.Count / 4)).Read()), iter: 100);

    [Fact]
    public void Read_RandomSums_EndsAndIsNoSketchOfZero() =>
        Gen.UInt.Array[PinSketch.MaxCapacity].Sample(sums =>
        {
            if (new PinSketch([.. sums.Select(sum => (ulong)sum)]).Read() is { } numbers)
            {
                Assert.DoesNotContain(0u, numbers);
            }
        }, iter: 20);

    private static PinSketch Of(IEnumerable<uint> numbers, int capacity)
    {
        var sketch = new PinSketch(capacity);
        foreach (var number in numbers)
        {
            sketch.Toggle(number);
        }

        return sketch;
    }
}
