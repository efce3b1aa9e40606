using System.Security.Cryptography;
using System.Text;

namespace Blockchain.ServiceDefaults.Http;

/// <summary>Keys and tokens that callers show.</summary>
public static class Secrets
{
    /// <summary>Hexadecimal digits, so that it may stand in a URL and in a file; 128 bits.</summary>
    private const int Digits = 32;

    public static string New() => RandomNumberGenerator.GetHexString(Digits, lowercase: true);

    /// <summary>
    /// Compares by hash, so that the time taken tells nothing about the secret, not even its length.
    /// </summary>
    public static bool AreEqual(string given, string secret) =>
        CryptographicOperations.FixedTimeEquals(Hash(given), Hash(secret));

    private static byte[] Hash(string text) => SHA256.HashData(Encoding.UTF8.GetBytes(text));
}
