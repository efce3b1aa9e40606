using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

[Collection(TwoMinuteRunGroup.Name)]
public sealed class PropagationTests(TwoMinuteRun run) : PropagationScenarios(run);
