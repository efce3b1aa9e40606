using System.Reflection;
using System.Text.RegularExpressions;
using Blockchain.Shared;
using NetArchTest.Rules;

namespace Blockchain.Lab.Tests.Architecture;

/// <summary>
/// The picture of the rooms in docs/architecture.md: each of its arrows is there in the code, and no other.
/// </summary>
public sealed partial class RoomsTests
{
    private static readonly string[] Programs =
    [
        "Conformance", "Events", "Experiments", "Grading", "Lab", "Launching", "NodeApi", "Observatory", "PeerNode",
        "ServiceDefaults", "Shared", "Signing", "Simulation", "Trials",
    ];

    private static readonly string[] Rooms =
    [
        "Behaviour", "Chain", "Guests", "Identity", "Making", "Neighbours", "Receiving", "Sending", "Spreading",
        "Topology", "Wire",
    ];

    [Fact]
    public void Projects_UseEachOther_AsThePictureSays() => AssertSame(
        ArrowsOf("projects").Where(arrow => Programs.Contains(arrow.From)), Programs.SelectMany(UsedProjects));

    [Fact]
    public void RoomsOfShared_UseEachOther_AsThePictureSays() =>
        AssertSame(ArrowsOf("core"), Rooms.SelectMany(UsedRooms));

    [Fact]
    public void Arrows_InBothPictures_NeverLeadInACircle()
    {
        foreach (var picture in (string[])["projects", "core"])
        {
            var arrows = ArrowsOf(picture).ToLookup(arrow => arrow.From, arrow => arrow.To);
            foreach (var start in arrows.Select(arrow => arrow.Key))
            {
                var reached = new HashSet<string>(arrows[start]);
                for (var before = -1; before < reached.Count;)
                {
                    before = reached.Count;
                    reached.UnionWith(reached.SelectMany(room => arrows[room]).ToArray());
                }

                Assert.DoesNotContain(start, reached);
            }
        }
    }

    /// <summary>A part knows the context that it lives in, but never the whole that it is a part of.</summary>
    [Fact]
    public void Rooms_OfShared_DoNotUseThePeer()
    {
        var result = Types.InAssembly(typeof(Peer).Assembly)
            .That().ResideInNamespaceMatching(@"^Blockchain\.Shared\.")
            .ShouldNot().HaveDependencyOnAny(typeof(Peer).FullName)
            .GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypes?.Select(type => type.FullName) ?? []));
    }

    [Fact]
    public void TheCore_UsesNoHostingAndNoInput()
    {
        var result = Types.InAssembly(typeof(Peer).Assembly)
            .ShouldNot().HaveDependencyOnAny(
                "System.Net.Sockets", "System.Net.Http", "System.Threading.Thread", "System.Threading.Tasks",
                "System.Diagnostics.Stopwatch", "System.IO.File", "Microsoft.Extensions", "Microsoft.AspNetCore")
            .GetResult();
        Assert.True(result.IsSuccessful, string.Join(", ", result.FailingTypes?.Select(type => type.FullName) ?? []));
    }

    private static void AssertSame(IEnumerable<Arrow> drawn, IEnumerable<Arrow> used)
    {
        var (picture, code) = (drawn.ToHashSet(), used.ToHashSet());
        Assert.True(
            picture.SetEquals(code),
            $"not drawn:\n{string.Join('\n', code.Except(picture).Order())}\n"
            + $"drawn, but not there:\n{string.Join('\n', picture.Except(code).Order())}");
    }

    private static IEnumerable<Arrow> UsedProjects(string project) =>
        Assembly.Load($"Blockchain.{project}").GetReferencedAssemblies()
            .Select(used => used.Name!)
            .Where(name => name.StartsWith("Blockchain.", StringComparison.Ordinal))
            .Select(name => new Arrow(project, name["Blockchain.".Length..]));

    private static IEnumerable<Arrow> UsedRooms(string room) =>
        from other in Rooms
        where other != room
        let none = Types.InAssembly(typeof(Peer).Assembly)
            .That().ResideInNamespace($"Blockchain.Shared.{room}")
            .ShouldNot().HaveDependencyOnAny($"Blockchain.Shared.{other}")
            .GetResult()
        where !none.IsSuccessful
        select new Arrow(room, other);

    /// <summary>The arrows of a Mermaid picture: lines such as <c>Lab --> Launching &amp; Simulation</c>.</summary>
    private static IEnumerable<Arrow> ArrowsOf(string picture)
    {
        var text = File.ReadAllText(Path.Combine(ScriptRun.Repository, "docs", "architecture.md"));
        var begin = text.IndexOf($"<!-- {picture} -->", StringComparison.Ordinal);
        var end = text.IndexOf($"<!-- /{picture} -->", StringComparison.Ordinal);
        Assert.True(begin >= 0 && end > begin, $"docs/architecture.md has no picture of the {picture}.");
        foreach (Match line in Line().Matches(text[begin..end]))
        {
            foreach (var to in line.Groups["to"].Value.Split('&', StringSplitOptions.TrimEntries))
            {
                yield return new Arrow(line.Groups["from"].Value, to);
            }
        }
    }

    [GeneratedRegex(@"^\s*(?<from>\w+) --> (?<to>[\w& ]+?)\s*$", RegexOptions.Multiline)]
    private static partial Regex Line();

    private sealed record Arrow(string From, string To) : IComparable<Arrow>
    {
        public int CompareTo(Arrow? other) => string.CompareOrdinal(ToString(), other?.ToString());

        public override string ToString() => $"{From} --> {To}";
    }
}
