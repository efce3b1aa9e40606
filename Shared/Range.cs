namespace Blockchain.Shared;

/// <summary>A closed range from which values are drawn uniformly.</summary>
public readonly record struct Range<T>(T Min, T Max)
    where T : struct, IComparable<T>;
