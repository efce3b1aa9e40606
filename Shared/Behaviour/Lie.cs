namespace Blockchain.Shared.Behaviour;

/// <summary>Names peers that there are not to those who ask it for peers, and none that there are but itself.</summary>
internal sealed class Lie : IBehaviour
{
    private const int MadeUp = 50;

    private BehaviourTools? _tools;

    public void Start(TimeSpan now, BehaviourTools tools) => _tools = tools;

    public IReadOnlyList<PeerInfo> Names(IReadOnlyList<PeerInfo> known)
    {
        if (_tools is not { Random: var random })
        {
            return known;
        }

        // 240.0.0.0/4 is reserved (RFC 1112): nobody is there.
        return
        [
            .. Enumerable.Range(0, MadeUp).Select(_ =>
            {
                var number = random.Next(1 << 24);
                return known[^1] with
                {
                    Id = new PeerId($"nobody-{number}"),
                    Ip = $"240.{number >> 16}.{(number >> 8) & 255}.{number & 255}",
                };
            }),
            known[^1],
        ];
    }
}
