using Blockchain.Network.Scenarios;

namespace Blockchain.AppHost.Tests;

[Collection(AspireRunGroup.Name)]
public sealed class PropagationTests(AspireRun run) : PropagationScenarios(run);
