using Blockchain.Launching;

namespace Blockchain.Lab.Tests;

public sealed class NodeLaunchTests
{
    private static readonly Uri Url = new("http://127.0.0.1:7000/");

    [Fact]
    public void StartInfo_Peer_TellsTheNodeWhoItIs()
    {
        var options = new LocalNetworkOptions { Addresses = AddressMode.Single, ControlKey = "secret" };
        var start = NodeLaunch.StartInfo(
            new NodeExecutable("node", [], "/dotnet"), Networks.Peer("5000"), "peers.json", Url, options);

        Assert.Equal("node", start.FileName);
        Assert.Equal("5000", start.Environment["Node__Id"]);
        Assert.Equal(Path.GetFullPath("peers.json"), start.Environment["Node__File"]);
        Assert.Equal("Single", start.Environment["Node__Addresses"]);
        Assert.Equal("secret", start.Environment["Node__Key"]);
        Assert.Equal("http://127.0.0.1:7000", start.Environment["ASPNETCORE_URLS"]);
        Assert.Equal("/dotnet", start.Environment["DOTNET_ROOT"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("kept")]
    public void StartInfo_Data_IsAFullPathOrLeftToTheFile(string? data)
    {
        var start = NodeLaunch.StartInfo(
            new NodeExecutable("node", [], "/dotnet"), Networks.Peer("5000"), "peers.json", Url,
            new LocalNetworkOptions { Data = data });
        Assert.Equal(data is null ? null : Path.GetFullPath(data), start.Environment["Node__Data"]);
    }

    [Fact]
    public void StartInfo_Peer_TiesItsLifeToTheLaunchers()
    {
        var start = NodeLaunch.StartInfo(
            new NodeExecutable("node", [], "/dotnet"), Networks.Peer("5000"), "peers.json", Url,
                new LocalNetworkOptions());
        Assert.Equal("true", start.Environment["StopWithInput"]);
        Assert.True(start.RedirectStandardInput);
    }

    [Fact]
    public void Find_FolderWithTheNodeBuilt_IsRunnable()
    {
        var executable = NodeExecutable.Find(AppContext.BaseDirectory);
        Assert.True(File.Exists(executable.FileName));
        Assert.True(Directory.Exists(Path.Combine(executable.DotnetRoot, "shared")));
    }

    [Fact]
    public void Find_FolderWithoutTheNode_Throws() =>
        Assert.Throws<FileNotFoundException>(() => NodeExecutable.Find(Path.GetPathRoot(AppContext.BaseDirectory)!));

    [Fact]
    public void ControlKey_OfTwoNetworks_Differs() =>
        Assert.NotEqual(new LocalNetworkOptions().ControlKey, new LocalNetworkOptions().ControlKey);
}
