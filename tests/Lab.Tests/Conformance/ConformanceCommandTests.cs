using Blockchain.Lab.Commands;
using Blockchain.Lab.Conformance;

namespace Blockchain.Lab.Tests.Conformance;

/// <summary>The command line of <c>Lab conformance</c>.</summary>
public sealed class ConformanceCommandTests
{
    [Theory]
    [InlineData("python3 node.py --stdio", "python3|node.py|--stdio")]
    [InlineData("  a   'b c' \"d 'e'\" f'g h'i '' ", "a|b c|d 'e'|fg hi|")]
    [InlineData("", "")]
    public void Split_AsAShellDoes(string command, string words) =>
        Assert.Equal(words, string.Join('|', CommandWords.Split(command)));

    [Fact]
    public void Split_AnOpenQuote_IsRefused() =>
        Assert.Throws<FormatException>(() => CommandWords.Split("python3 'node.py"));

    [Theory]
    [InlineData("W20-W22,w55", "W20 W21 W22 W55")]
    [InlineData("W1", "W1")]
    public void Rules_ByRangeAndNumber(string text, string rules) =>
        Assert.Equal(rules, string.Join(' ', RuleChoice.Parse(text).OrderBy(rule => int.Parse(rule[1..]))));

    [Theory]
    [InlineData("W0")]
    [InlineData("W30-W20")]
    [InlineData("W1-W2-W3")]
    [InlineData("")]
    public void Rules_ThatAreNone_AreRefused(string text) =>
        Assert.Throws<FormatException>(() => RuleChoice.Parse(text));

    [Fact]
    public void AProgramInQuotes_AndWordsBehindTheDashes_AreTheSame()
    {
        var quoted = Read("conformance", "python3 node.py --stdio", "--seed", "7");
        var words = Read("conformance", "--seed", "7", "--", "python3", "node.py", "--stdio");
        Assert.Equal(["python3", "node.py", "--stdio"], quoted!.Stdio!.Stdio!);
        Assert.Equal(quoted.Stdio.Stdio!, words!.Stdio!.Stdio!);
        Assert.Equal(7UL, words.Seed);
        Assert.Null(words.Tcp);
    }

    [Theory]
    [InlineData("127.28.0.15:5005", "127.28.0.15:5005")]
    [InlineData("localhost:5005", "127.0.0.1:5005")]
    public void AnAddress_IsOfANodeThatRuns(string said, string address)
    {
        var request = Read("conformance", said)!;
        Assert.Equal(address, $"{request.Running}");
        Assert.Null(request.Stdio);
    }

    [Theory]
    [InlineData("node.py")]
    [InlineData("node.py:x")]
    [InlineData("node.py:0")]
    public void WhatIsNoAddress_IsACommand(string said)
    {
        var request = Read("conformance", said)!;
        Assert.Null(request.Running);
        Assert.Equal([said], request.Stdio!.Stdio!);
    }

    [Theory]
    [InlineData("another machine", "conformance", "192.168.1.5:5005")]
    [InlineData("Which program?", "conformance")]
    [InlineData("{file}", "conformance", "--tcp", "python3 node.py --id {id}")]
    [InlineData("there is no rule", "conformance", "node", "--rules", "W99")]
    [InlineData("--seed", "conformance", "node", "--seed", "x")]
    public void WhatMakesNoSense_IsRefused_WithAReason(string reason, params string[] arguments)
    {
        var problems = new List<string>();
        Assert.Null(ConformanceCommand.Read(CommandLine.Build().Parse(arguments), problems));
        Assert.Contains(reason, Assert.Single(problems), StringComparison.Ordinal);
    }

    private static ConformanceRequest? Read(params string[] arguments) =>
        ConformanceCommand.Read(CommandLine.Build().Parse(arguments), []);
}
