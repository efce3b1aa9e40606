using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Blockchain.Grading.Sheets;

namespace Blockchain.Grading.Running;

/// <summary>
/// The seeds of a scenario: 1, 2, 3 and so on; or, where they are hidden, drawn from a secret, the same for all
/// students.
/// </summary>
internal static class Seeds
{
    public static IReadOnlyList<ulong> Of(ScenarioCheck check, byte[]? secret)
    {
        if (!check.IsHidden)
        {
            return [.. Enumerable.Range(1, check.Seeds).Select(seed => (ulong)seed)];
        }

        ArgumentNullException.ThrowIfNull(secret);
        return [.. Enumerable.Range(1, check.Seeds).Select(number => Draw(check.Name, number, secret))];
    }

    // 53 bits, so that every tool that reads JSON has the same number.
    private static ulong Draw(string name, int number, byte[] secret) => BinaryPrimitives.ReadUInt64BigEndian(
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{name}\n{number}"))) >> 11;
}
