using Blockchain.Network.Scenarios;

namespace Blockchain.AppHost.Tests;

[Collection(AspireRunGroup.Name)]
public sealed class ChurnTests(AspireRun run) : ChurnScenarios(run);
