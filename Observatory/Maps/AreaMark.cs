namespace Blockchain.Observatory.Maps;

/// <param name="IsCutOff">All of its peers that are up are cut off from the others.</param>
public sealed record AreaMark(MapArea Area, string Name, bool IsCutOff);
