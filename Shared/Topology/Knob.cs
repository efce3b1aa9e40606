using System.Text.Json;

namespace Blockchain.Shared.Topology;

/// <summary>One setting of a peer as a field of the file.</summary>
internal abstract class Knob(string name)
{
    public string Name { get; } = name;

    /// <summary>The settings with what stands here; unchanged if that is wrong, which is reported.</summary>
    public abstract PeerSettings Read(JsonPlace place, PeerSettings settings);

    public abstract void Write(Utf8JsonWriter writer, PeerSettings settings);

    public abstract bool IsSame(PeerSettings a, PeerSettings b);
}
