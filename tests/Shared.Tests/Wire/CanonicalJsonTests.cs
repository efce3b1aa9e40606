using System.Buffers;
using System.Text;
using Blockchain.Fuzzing.Wire;
using Blockchain.Shared.Wire;
using CsCheck;

namespace Blockchain.Shared.Tests.Wire;

public sealed class CanonicalJsonTests
{
    // A thousand values with what Python 3.11 makes of them: json.dumps(json.loads(text), sort_keys=True).
    private static readonly string Table = Path.Combine(AppContext.BaseDirectory, "canonical-json.tsv");

    [Fact]
    public void Write_TableFromPython_GivesTheSameText()
    {
        var rows = File.ReadAllText(Table).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(rows.Length > 1000);
        Assert.All(
            rows, row => Assert.Equal(row.Split('\t')[1], Canonicalise(Encoding.UTF8.GetBytes(row.Split('\t')[0]))));
    }

    [Fact]
    public void Canonicaliser_TableFromPython_GivesTheSameText() => Assert.All(
        File.ReadAllText(Table).Split('\n', StringSplitOptions.RemoveEmptyEntries),
        row => Assert.Equal(
            row.Split('\t')[1], SlowCanonicaliser.Canonicalise(Encoding.UTF8.GetBytes(row.Split('\t')[0]))));

    [Theory]
    [InlineData("{\"a\":1,\"\\u0061\":2}", MalformedReason.DuplicateKey)]
    [InlineData("{\"x\":[{\"a\":1,\"b\":2,\"a\":3}]}", MalformedReason.DuplicateKey)]
    [InlineData("NaN", MalformedReason.BadNumber)]
    [InlineData("[Infinity]", MalformedReason.BadNumber)]
    [InlineData("-Infinity", MalformedReason.NotJson)]
    [InlineData("1e309", MalformedReason.BadNumber)]
    [InlineData("\"\\ud800\"", MalformedReason.BadString)]
    [InlineData("\"\\u7bc\0\"", MalformedReason.BadString)]
    [InlineData("\"\\ud800\\u0041\"", MalformedReason.BadString)]
    [InlineData("\"\\udc00\\ud800\"", MalformedReason.BadString)]
    [InlineData("\"\\u12g4\"", MalformedReason.BadString)]
    [InlineData("\"\\x\"", MalformedReason.BadString)]
    [InlineData("\"\t\"", MalformedReason.BadString)]
    [InlineData("\"abc", MalformedReason.NotJson)]
    [InlineData("\"abc\\", MalformedReason.NotJson)]
    [InlineData("01", MalformedReason.NotJson)]
    [InlineData("1.", MalformedReason.NotJson)]
    [InlineData(".5", MalformedReason.NotJson)]
    [InlineData("+1", MalformedReason.NotJson)]
    [InlineData("1e", MalformedReason.NotJson)]
    [InlineData("-", MalformedReason.NotJson)]
    [InlineData("[1,]", MalformedReason.NotJson)]
    [InlineData("{\"a\":1,}", MalformedReason.NotJson)]
    [InlineData("{a:1}", MalformedReason.NotJson)]
    [InlineData("1 2", MalformedReason.NotJson)]
    [InlineData("", MalformedReason.NotJson)]
    [InlineData("tru", MalformedReason.NotJson)]
    public void Write_NoCanonicalForm_SaysWhy(string json, MalformedReason reason) =>
        Assert.Equal(reason, CanonicalJson.Write(Encoding.UTF8.GetBytes(json), new ArrayBufferWriter<byte>()));

    [Theory]
    [InlineData(new byte[] { (byte)'"', 0xC3, (byte)'"' })] // cut off
    [InlineData(new byte[] { (byte)'"', 0xC0, 0x80, (byte)'"' })] // overlong
    [InlineData(new byte[] { (byte)'"', 0xED, 0xA0, 0x80, (byte)'"' })] // a surrogate
    [InlineData(new byte[] { (byte)'"', 0xF5, 0x80, 0x80, 0x80, (byte)'"' })] // beyond U+10FFFF
    public void Write_InvalidUtf8_IsBadString(byte[] json) =>
        Assert.Equal(MalformedReason.BadString, CanonicalJson.Write(json, new ArrayBufferWriter<byte>()));

    [Theory]
    [InlineData(WireLimits.Depth, MalformedReason.None)]
    [InlineData(WireLimits.Depth + 1, MalformedReason.TooDeep)]
    [InlineData(100_000, MalformedReason.TooDeep)]
    public void Write_Nested_IsLimited(int depth, MalformedReason reason) => Assert.Equal(
        reason,
        CanonicalJson.Write(
            Encoding.ASCII.GetBytes(new string('[', depth) + new string(']', depth)), new ArrayBufferWriter<byte>()));

    [Fact]
    public void Write_IntegerOfManyDigits_IsLimitedByADoublesRange()
    {
        Assert.Equal("1" + new string('0', 308), Canonicalise(Encoding.ASCII.GetBytes("1" + new string('0', 308))));
        Assert.Null(Canonicalise(Encoding.ASCII.GetBytes("1" + new string('0', 309))));
    }

    [Fact]
    public void Write_AnyDouble_IsWhatTheSlowRuleGives() => Gen.Double.Where(double.IsFinite).Sample(
        value =>
        {
            var text = value.ToString("e17", System.Globalization.CultureInfo.InvariantCulture);
            Assert.Equal(SlowCanonicaliser.Repr(value), Canonicalise(Encoding.ASCII.GetBytes(text)));
        });

    // Below a power of two doubles lie closer than above it, and at these .NET and Python change the form.
    [Fact]
    public void Write_PowersOfTwoAndTen_AreWhatTheSlowRuleGives() => Assert.All(
        Enumerable.Range(-1074, 2098).Select(exponent => Math.ScaleB(1, exponent))
            .Concat(Enumerable.Range(-10, 31).SelectMany(exponent => Around(double.Parse(
                $"1e{exponent}", System.Globalization.CultureInfo.InvariantCulture)))),
        value => Assert.Equal(
            SlowCanonicaliser.Repr(value), Canonicalise(Encoding.ASCII.GetBytes(value.ToString(
                "e17", System.Globalization.CultureInfo.InvariantCulture)))));

    [Fact]
    public void Measure_SureOfADecimal_IsCanonical() => Decimals.Sample(
        text =>
        {
            var bytes = Encoding.ASCII.GetBytes(text);
            var length = CanonicalNumber.Measure(bytes, out var isCanonical);
            if (isCanonical)
            {
                Assert.Equal(text, text[..length]);
                Assert.Equal(text, Canonicalise(bytes));
            }
        },
        iter: 20_000);

    [Fact]
    public void Measure_Timestamps_AreAlmostAllSure()
    {
        var unsure = 0;
        Gen.Double[1.5e9, 2e9].Sample(
            value =>
            {
                var text = SlowCanonicaliser.Repr(Math.Round(value, 7));
                Assert.Equal(text.Length, CanonicalNumber.Measure(Encoding.ASCII.GetBytes(text), out var isCanonical));
                if (!isCanonical)
                {
                    Interlocked.Increment(ref unsure);
                }
            },
            iter: 2_000);
        Assert.True(unsure < 20, $"{unsure} of 2,000 timestamps take the slow way.");
    }

    private static Gen<string> Decimals =>
        from whole in Gen.OneOf(Gen.ULong[0, 10], Gen.ULong[0, 3_000_000_000], Gen.ULong[0, 99_999_999_999_999_999])
        from digits in Gen.Int[0, 10]
        from fraction in Gen.Long[0, 9_999_999_999]
        from sign in Gen.Bool
        let tail = fraction.ToString("0000000000", System.Globalization.CultureInfo.InvariantCulture)[^digits..]
        select (sign ? "-" : "") + whole + (digits == 0 ? "" : "." + tail);

    private static double[] Around(double value) =>
        [Math.BitDecrement(value), value, -value, Math.BitIncrement(value), value * 1.5];

    private static string? Canonicalise(byte[] json)
    {
        var output = new ArrayBufferWriter<byte>();
        return CanonicalJson.Write(json, output) == MalformedReason.None
            ? Encoding.ASCII.GetString(output.WrittenSpan)
            : null;
    }
}
