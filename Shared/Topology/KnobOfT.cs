using System.Text.Json;

namespace Blockchain.Shared.Topology;

/// <inheritdoc cref="Knob"/>
internal sealed class Knob<T>(
    string name,
    JsonFormat<T> format,
    Func<PeerSettings, T> get,
    Func<PeerSettings, T, PeerSettings> set) : Knob(name)
{
    public override PeerSettings Read(JsonPlace place, PeerSettings settings) =>
        format.TryRead(place, out var value) ? set(settings, value) : settings;

    public override void Write(Utf8JsonWriter writer, PeerSettings settings) => format.Write(writer, get(settings));

    public override bool IsSame(PeerSettings a, PeerSettings b) =>
        EqualityComparer<T>.Default.Equals(get(a), get(b));
}
