using System.Collections.Immutable;
using Blockchain.Shared;

namespace Blockchain.Events.Messages;

/// <summary>Parts without a gap: each begins where the one before ends, and none leaves the hop.</summary>
internal sealed class PartList
{
    private readonly ImmutableArray<PathPart>.Builder _parts = ImmutableArray.CreateBuilder<PathPart>();
    private readonly TimeSpan _end;

    public PartList(TimeSpan begin, TimeSpan end) => (Begin, Now, _end) = (begin, begin, end);

    public TimeSpan Begin { get; }

    /// <summary>Up to here it is known what the time was spent on.</summary>
    public TimeSpan Now { get; private set; }

    public void To(TimeSpan time, DelayKind kind, PeerId at, Arrow? arrow, string why)
    {
        time = time < _end ? time : _end;
        if (time > Now)
        {
            _parts.Add(new PathPart(kind, Now, time, at, arrow, why));
            Now = time;
        }
    }

    /// <summary>At least one, even where no time has passed.</summary>
    public ImmutableArray<PathPart> Take(PeerId at) => _parts.Count > 0
        ? _parts.ToImmutable()
        : [new PathPart(DelayKind.Latency, Begin, _end, at, null, "at once")];
}
