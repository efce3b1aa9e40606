namespace Blockchain.AppHost.Tests;

[CollectionDefinition(Name)]
public sealed class ChartsGroup : ICollectionFixture<Charts>
{
    public const string Name = "published charts";
}
