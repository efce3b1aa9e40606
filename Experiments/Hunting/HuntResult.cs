using Blockchain.Trials;
using Blockchain.Trials.Hunting;

namespace Blockchain.Experiments.Hunting;

/// <summary>A failing run, as it was found and as small as it could be made.</summary>
/// <param name="Trial">Its number, from zero.</param>
/// <param name="Runs">Trials until then.</param>
/// <param name="Searching">Time until then.</param>
internal sealed record HuntResult(
    Scenario Origin, int Trial, int Runs, TimeSpan Searching, Failure Found, Shrunk Shrunk, TimeSpan Shrinking)
{
    public Failure Smallest => Shrunk.Smallest;
}
