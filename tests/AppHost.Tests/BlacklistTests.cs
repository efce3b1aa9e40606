using Blockchain.Network.Scenarios;

namespace Blockchain.AppHost.Tests;

[Collection(AspireRunGroup.Name)]
public sealed class BlacklistTests(AspireRun run) : BlacklistScenarios(run);
