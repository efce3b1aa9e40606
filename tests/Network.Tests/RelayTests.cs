using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

[Collection(TwoMinuteRunGroup.Name)]
public sealed class RelayTests(TwoMinuteRun run) : RelayScenarios(run);
