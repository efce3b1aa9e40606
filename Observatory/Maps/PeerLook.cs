namespace Blockchain.Observatory.Maps;

public enum PeerLook
{
    Unknown,
    Up,
    Paused,
    Down,
}
