using Blockchain.Shared;
using Blockchain.Shared.Wire;

namespace Blockchain.Trials.Acts;

/// <summary>Collects what comes of an act at each of its peers.</summary>
internal sealed class ActReport
{
    private readonly List<string> _problems = [];
    private readonly List<Hash256> _made = [];

    public ActOutcome Outcome => new(_problems, _made);

    public void Add(PeerId peer, Told told)
    {
        if (told.Problem is { } problem)
        {
            _problems.Add($"{peer}: {problem}");
        }

        if (told.Made is { } made)
        {
            _made.Add(made);
        }
    }
}
