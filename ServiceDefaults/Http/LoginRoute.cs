namespace Blockchain.ServiceDefaults.Http;

/// <summary>Where the Observatory takes a token and lets a browser in.</summary>
public static class LoginRoute
{
    public const string Path = "/login";

    /// <summary>The key of the query.</summary>
    public const string Token = "t";
}
