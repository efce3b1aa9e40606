namespace Blockchain.Network.Tests;

/// <summary>The tests that share the one long run.</summary>
[CollectionDefinition(Name)]
public sealed class SharedRunGroup : ICollectionFixture<SharedRun>
{
    public const string Name = "two minutes of the shipped network";
}
