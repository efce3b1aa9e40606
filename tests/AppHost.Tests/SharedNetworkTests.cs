using Blockchain.Network.Scenarios;

namespace Blockchain.AppHost.Tests;

[Collection(AspireRunGroup.Name)]
public sealed class SharedNetworkTests(AspireRun run) : SharedNetworkScenarios(run);
