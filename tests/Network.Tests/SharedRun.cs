using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

/// <summary>A while of the shipped network with its default loss and latency.</summary>
public sealed class SharedRun() : NetworkRun(TestNetwork.OfShippedFile(), TimeSpan.FromSeconds(45));
