namespace Blockchain.Shared;

/// <inheritdoc cref="Registry"/>
/// <typeparam name="T">What a name stands for.</typeparam>
internal sealed class Registry<T>(string kind, params (string Name, T Value)[] entries)
    : Registry(kind, [.. entries.Select(entry => entry.Name)])
{
    /// <exception cref="ArgumentException">There is no such name.</exception>
    public T this[string name]
    {
        get
        {
            foreach (var entry in entries)
            {
                if (entry.Name == name)
                {
                    return entry.Value;
                }
            }

            throw new ArgumentException(Problem(name), nameof(name));
        }
    }
}
