using Blockchain.Network.Scenarios;

namespace Blockchain.AppHost.Tests;

[Collection(AspireRunGroup.Name)]
public sealed class AgreementTests(AspireRun run) : AgreementScenarios(run);
