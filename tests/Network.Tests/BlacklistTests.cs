using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

[Collection(TwoMinuteRunGroup.Name)]
public sealed class BlacklistTests(TwoMinuteRun run) : BlacklistScenarios(run);
