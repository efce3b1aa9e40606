using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Blockchain.Benchmarks.Mutants;

/// <summary>Compiles <c>Shared</c> from its sources, with one mutant in it.</summary>
internal sealed class MutantCompiler
{
    private readonly Dictionary<string, SyntaxTree> _trees;
    private readonly CSharpCompilation _original;

    /// <param name="folder">That of the project, which has been built once, so that its generated files are
    /// there.</param>
    public MutantCompiler(string folder)
    {
        var options = new CSharpParseOptions(LanguageVersion.Latest);
        SyntaxTree Parse(string path) => CSharpSyntaxTree.ParseText(
            SourceText.From(File.ReadAllText(path), System.Text.Encoding.UTF8), options, path);

        var sources = Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .ToLookup(path => Path.GetRelativePath(folder, path).StartsWith("obj", StringComparison.Ordinal));
        _trees = sources[false].Order(StringComparer.Ordinal)
            .ToDictionary(path => Path.GetRelativePath(folder, path), Parse);
        var generated = Directory.EnumerateFiles(Path.Combine(folder, "obj", "Release", "net10.0"), "Shared.*.cs");
        var framework = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path));
        _original = CSharpCompilation.Create(
            "Blockchain.Shared",
            [.. _trees.Values, .. generated.Select(Parse)],
            framework,
            new CSharpCompilationOptions(
                OutputKind.DynamicallyLinkedLibrary,
                optimizationLevel: OptimizationLevel.Release,
                nullableContextOptions: NullableContextOptions.Enable));
    }

    public IReadOnlyList<Mutant> FindAll()
    {
        var all = new List<Mutant>();
        foreach (var (file, tree) in _trees)
        {
            var finder = new MutantFinder(file);
            finder.Visit(tree.GetRoot());
            all.AddRange(finder.Found);
        }

        return all;
    }

    /// <summary>The same with a text of a file replaced, which must be there exactly once.</summary>
    /// <inheritdoc cref="TryCompile(Mutant?, string)"/>
    public bool TryCompile(string file, string original, string replacement, string output)
    {
        var text = _trees[file].GetText().ToString();
        var start = text.IndexOf(original, StringComparison.Ordinal);
        return start >= 0 && text.IndexOf(original, start + 1, StringComparison.Ordinal) < 0
            ? TryCompile(new Mutant(file, 0, new TextSpan(start, original.Length), original, replacement), output)
            : throw new InvalidOperationException($"{file} does not have this text exactly once: {original}");
    }

    /// <returns>False: with the mutant it does not compile, so it is none.</returns>
    public bool TryCompile(Mutant? mutant, string output)
    {
        var compilation = _original;
        if (mutant is not null)
        {
            var tree = _trees[mutant.File];
            var text = tree.GetText().Replace(mutant.Span, mutant.Replacement);
            compilation = compilation.ReplaceSyntaxTree(tree, tree.WithChangedText(text));
        }

        using var assembly = new MemoryStream();
        var result = compilation.Emit(assembly);
        if (mutant is null && !result.Success)
        {
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
        }

        if (result.Success)
        {
            File.WriteAllBytes(output, assembly.ToArray());
        }

        return result.Success;
    }
}
