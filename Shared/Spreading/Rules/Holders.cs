using Blockchain.Shared.Neighbours;

namespace Blockchain.Shared.Spreading.Rules;

/// <summary>
/// The neighbours that have a block before us, as far as we know: few, so that looking through them is quickest.
/// </summary>
/// <param name="from">The one that gave it to us; null: nobody, or a stranger.</param>
/// <param name="announcers">Those that announced it while it was asked for.</param>
internal readonly ref struct Holders(RemotePeer? from, ReadOnlySpan<RemotePeer> announcers)
{
    public RemotePeer? From { get; } = from;

    public ReadOnlySpan<RemotePeer> Announcers { get; } = announcers;

    public bool Has(RemotePeer peer)
    {
        foreach (var announcer in Announcers)
        {
            if (ReferenceEquals(announcer, peer))
            {
                return true;
            }
        }

        return ReferenceEquals(From, peer);
    }
}
