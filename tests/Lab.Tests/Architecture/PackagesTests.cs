using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace Blockchain.Lab.Tests.Architecture;

/// <summary>The table of packages in docs/maintainers.md against what the build takes.</summary>
public sealed partial class PackagesTests
{
    private static readonly string Root = FindRoot();

    [Fact]
    public void Table_OfPackages_HasEachPackageOnceWithItsLicence()
    {
        var table = Rows().SelectMany(row => row.Ids.Select(id => (Id: id, row.Licence))).ToArray();

        Assert.Equal(
            Versions().Keys.Order(StringComparer.Ordinal), table.Select(row => row.Id).Order(StringComparer.Ordinal));
        Assert.All(table, row => Assert.Matches("^[A-Za-z0-9.-]+$", row.Licence));
    }

    [Fact]
    public void Licences_OfTheTable_AreThoseThatThePackagesName()
    {
        var versions = Versions();
        var compared = 0;
        foreach (var (ids, licence) in Rows())
        {
            foreach (var id in ids)
            {
                // Not every feed has all of them; the tests that run have been restored from one that has most.
                if (LicenceOf(id, versions[id]) is { } named)
                {
                    Assert.Equal((id, named), (id, licence));
                    compared++;
                }
            }
        }

        Assert.InRange(compared, versions.Count / 2, versions.Count);
    }

    [Fact]
    public void Projects_WithoutAspire_HaveALockOrNoPackages() => Assert.All(
        Directory.EnumerateFiles(Root, "*.csproj", SearchOption.AllDirectories)
            .Where(project => !Path.GetFileName(project).StartsWith("AppHost", StringComparison.Ordinal)
                && !project.Contains($"{Path.DirectorySeparatorChar}.", StringComparison.Ordinal)),
        project => Assert.True(
            File.Exists(Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json")) || IsOfAKit(project),
            project));

    /// <summary>A kit stands alone, without packages and without the analyzers of this repository.</summary>
    private static bool IsOfAKit(string project) =>
        project.StartsWith(Path.Combine(Root, "kits"), StringComparison.Ordinal)
        && !File.ReadAllText(project).Contains("PackageReference", StringComparison.Ordinal);

    private static Dictionary<string, string> Versions()
    {
        var file = XDocument.Load(Path.Combine(Root, "Directory.Packages.props"));
        var properties = file.Descendants("PropertyGroup").Elements()
            .ToDictionary(property => $"$({property.Name.LocalName})", property => property.Value);
        return file.Descendants("PackageVersion").ToDictionary(
            package => package.Attribute("Include")!.Value,
            package => Property().Replace(package.Attribute("Version")!.Value, name => properties[name.Value]));
    }

    private static IEnumerable<(string[] Ids, string Licence)> Rows() =>
        File.ReadLines(Path.Combine(Root, "docs", "maintainers.md"))
            .SkipWhile(line => !line.StartsWith("| package | licence |", StringComparison.Ordinal))
            .Skip(2)
            .TakeWhile(line => line.StartsWith('|'))
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))
            .Select(cells => (cells[1].Split(", "), cells[2]));

    /// <summary>As its nuspec says it; null where this machine does not have the package.</summary>
    private static string? LicenceOf(string id, string version)
    {
        var folder = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
            Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
#pragma warning disable CA1308 // The folders of the cache are in lower case.
        var name = id.ToLowerInvariant();
#pragma warning restore CA1308
        var file = Path.Combine(folder, name, version, $"{name}.nuspec");
        return File.Exists(file)
            ? XDocument.Load(file).Descendants().First(element => element.Name.LocalName == "license").Value
            : null;
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Blockchain.Aspire.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests are not in the repository.");
        }

        return folder.FullName;
    }

    [GeneratedRegex(@"\$\(\w+\)")]
    private static partial Regex Property();
}
