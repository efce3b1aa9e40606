using Blockchain.Network.Scenarios;

namespace Blockchain.AppHost.Tests;

[Collection(AspireRunGroup.Name)]
public sealed class RelayTests(AspireRun run) : RelayScenarios(run);
