namespace Blockchain.AppHost.Tests;

/// <summary>The tests that share the one running network.</summary>
[CollectionDefinition(Name)]
public sealed class AspireRunGroup : ICollectionFixture<AspireRun>
{
    public const string Name = "the shipped network on Aspire";
}
