using Blockchain.Shared.Topology;

namespace Blockchain.Shared;

/// <summary>The names that <c>peers.json</c> has for things of one kind, such as relay rules.</summary>
public abstract class Registry
{
    private readonly string _kind;

    private protected Registry(string kind, IReadOnlyList<string> names) => (_kind, Names) = (kind, names);

    /// <summary>In the order in which they are registered.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>
    /// What is wrong with a name, with those that there are and the one that was perhaps meant; null: it is known.
    /// </summary>
    public string? Problem(string name) => Names.Contains(name)
        ? null
        : $"there is no {_kind} \"{name}\"; there are {string.Join(", ", Names)}{Spelling.DidYouMean(name, Names)}";

    /// <returns>The name itself.</returns>
    /// <exception cref="FormatException">It is not known; the message is that of <see cref="Problem"/>.</exception>
    public string Known(string name) => Problem(name) is { } problem ? throw new FormatException(problem + ".") : name;
}
