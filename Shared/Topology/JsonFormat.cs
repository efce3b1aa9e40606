using System.Text.Json;

namespace Blockchain.Shared.Topology;

/// <summary>Reads a value, or reports what should stand in its place and returns false.</summary>
internal delegate bool JsonRead<T>(JsonPlace place, out T value);

/// <summary>How a value stands in the file.</summary>
internal sealed record JsonFormat<T>(JsonRead<T> TryRead, Action<Utf8JsonWriter, T> Write);
