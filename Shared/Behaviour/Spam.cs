namespace Blockchain.Shared.Behaviour;

/// <summary>
/// Makes transactions without end, as many as its neighbours accept from one peer and more. Its own limits are those of
/// its settings.
/// </summary>
internal sealed class Spam : IBehaviour
{
    private const int AtATime = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    public void Start(TimeSpan now, BehaviourTools tools) => tools.Schedule(now + Interval, later =>
    {
        for (var i = 0; i < AtATime; i++)
        {
            tools.Pay(later);
        }

        Start(later, tools);
    });
}
