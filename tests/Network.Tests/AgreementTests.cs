using Blockchain.Network.Scenarios;

namespace Blockchain.Network.Tests;

[Collection(TwoMinuteRunGroup.Name)]
public sealed class AgreementTests(TwoMinuteRun run) : AgreementScenarios(run);
