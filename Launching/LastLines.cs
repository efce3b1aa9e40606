namespace Blockchain.Launching;

/// <summary>
/// The last lines of an output, for the case that somebody wants to know what a process said before it died.
/// </summary>
internal sealed class LastLines(int limit)
{
    private readonly Queue<string> _lines = new();

    public void Add(string line)
    {
        lock (_lines)
        {
            if (_lines.Count == limit)
            {
                _lines.Dequeue();
            }

            _lines.Enqueue(line);
        }
    }

    public IReadOnlyList<string> ToList()
    {
        lock (_lines)
        {
            return [.. _lines];
        }
    }
}
