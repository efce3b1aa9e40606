using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

[Collection(TwoMinuteRunGroup.Name)]
public sealed class ChurnTests(TwoMinuteRun run) : ChurnScenarios(run);
