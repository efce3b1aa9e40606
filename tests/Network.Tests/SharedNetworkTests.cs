using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

[Collection(SharedRunGroup.Name)]
public sealed class SharedNetworkTests(SharedRun run) : SharedNetworkScenarios(run);
