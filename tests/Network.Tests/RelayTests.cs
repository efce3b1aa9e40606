using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

[Collection(SharedRunGroup.Name)]
public sealed class RelayTests(SharedRun run) : RelayScenarios(run);
