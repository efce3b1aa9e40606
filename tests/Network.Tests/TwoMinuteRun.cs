using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

/// <summary>Two minutes of the shipped network with its default loss and latency.</summary>
public sealed class TwoMinuteRun() : NetworkRun(TestNetwork.OfShippedFile(), TimeSpan.FromMinutes(2));
