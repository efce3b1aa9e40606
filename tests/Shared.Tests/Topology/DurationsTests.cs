using CsCheck;

namespace Blockchain.Shared.Tests.Topology;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("15s", 15_000)]
    [InlineData("100ms", 100)]
    [InlineData("10min", 600_000)]
    [InlineData("10m", 600_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("1.5s", 1_500)]
    [InlineData("60", 60_000)]
    [InlineData("0", 0)]
    [InlineData("0.25ms", 0.25)]
    public void TryParse_Duration_HasLength(string text, double milliseconds)
    {
        Assert.True(Durations.TryParse(text, out var duration));
        Assert.Equal((long)(milliseconds * TimeSpan.TicksPerMillisecond), duration.Ticks);
        Assert.Matches(Durations.Pattern, text);
    }

    [Theory]
    [InlineData("")]
    [InlineData("s")]
    [InlineData("-1s")]
    [InlineData("+1s")]
    [InlineData("1 s")]
    [InlineData(" 1s")]
    [InlineData("1S")]
    [InlineData("1d")]
    [InlineData("1s1s")]
    [InlineData(".5s")]
    [InlineData("5.s")]
    [InlineData("1e3s")]
    [InlineData("1,5s")]
    [InlineData("NaN")]
    [InlineData("١s")]
    public void TryParse_AnythingElse_Fails(string text)
    {
        Assert.False(Durations.TryParse(text, out _));
        Assert.DoesNotMatch(Durations.Pattern, text);
    }

    [Theory]
    [InlineData("99999999999h")]
    [InlineData("999999999999999999999999999999999999999999999s")]
    public void TryParse_BeyondATimeSpan_Fails(string text) => Assert.False(Durations.TryParse(text, out _));

    [Theory]
    [InlineData(0, "0s")]
    [InlineData(0.5, "0.5ms")]
    [InlineData(100, "100ms")]
    [InlineData(1_500, "1500ms")]
    [InlineData(25_000, "25s")]
    [InlineData(51_801_897.8369, "51801.8978369s")]
    [InlineData(90_000, "90s")]
    [InlineData(600_000, "10min")]
    [InlineData(7_200_000, "2h")]
    public void Format_Duration_UsesTheLargestWholeUnit(double milliseconds, string text) =>
        Assert.Equal(text, Durations.Format(TimeSpan.FromMilliseconds(milliseconds)));

    [Fact]
    public void TryParse_WhatFormatWrote_IsTheSame() =>
        Gen.OneOf(Gen.Long[0, long.MaxValue], Gen.Long[0, 10_000].Select(n => n * TimeSpan.TicksPerSecond))
            .Sample(ticks => Durations.TryParse(
                Durations.Format(new TimeSpan(ticks)), out var read) && read.Ticks == ticks);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(-0.001)]
    [InlineData(1e12)]
    public void TryFromSeconds_NoDuration_Fails(double seconds) =>
        Assert.False(Durations.TryFromSeconds(seconds, out _));
}
