using Blockchain.Network.Scenarios;
using Blockchain.Trials;

namespace Blockchain.Network.Tests;

/// <summary>Two minutes of the shipped network with its default loss and latency.</summary>
public sealed class SharedRun() : NetworkRun(TestNetwork.OfShippedFile(), HostNames.Local, time: null);
