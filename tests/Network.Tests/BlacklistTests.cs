using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

[Collection(SharedRunGroup.Name)]
public sealed class BlacklistTests(SharedRun run) : BlacklistScenarios(run);
