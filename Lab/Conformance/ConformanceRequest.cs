using System.Net;
using Blockchain.Shared.Topology;

namespace Blockchain.Lab.Conformance;

/// <summary>What <c>Lab conformance</c> was asked for.</summary>
/// <param name="Stdio">The program in virtual time; null: not asked for.</param>
/// <param name="Tcp">The program in real time; null: not asked for.</param>
/// <param name="Rules">Null: all.</param>
internal sealed record ConformanceRequest(
    GuestProgram? Stdio, GuestProgram? Tcp, IReadOnlySet<string>? Rules, ulong Seed)
{
    /// <summary>A node that runs already; null: not asked for.</summary>
    public IPEndPoint? Running { get; init; }

    public string? Json { get; init; }

    public string? JUnit { get; init; }

    public string? Html { get; init; }
}
