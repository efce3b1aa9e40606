using System.Buffers;
using System.Text;
using System.Text.Json;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Wire;

/// <summary>
/// All of <c>docs/wire-vectors.json</c>: what the original's nodes hash, and what is no message at all.
/// </summary>
public sealed class WireVectorTests
{
    public static TheoryData<string, string, string?, bool> Vectors()
    {
        var data = new TheoryData<string, string, string?, bool>();
        using var document = JsonDocument.Parse(
            File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "wire-vectors.json")));
        foreach (var vector in document.RootElement.EnumerateArray())
        {
            data.Add(
                vector.GetProperty("why").GetString()!,
                vector.GetProperty("line").GetString()!,
                vector.GetProperty("id").GetString(),
                vector.GetProperty("valid").GetBoolean());
        }

        return data;
    }

    [Fact]
    public void Vectors_File_IsComplete() => Assert.Equal(31, Vectors().Count);

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Read_Vector_HasStatedIdAndValidity(string why, string line, string? id, bool valid)
    {
        var outcome = MessageCodec.Read(Encoding.UTF8.GetBytes(line), out var message, out var reason);
        var (actualId, isValid) = message switch
        {
            Transaction transaction => (transaction.Id.ToString(), transaction.HasValidId),
            Block block => (block.Id.ToString(), block.HasValidId),
            _ => (null, false),
        };

        Assert.True(valid == isValid, $"{why}: {outcome}, {reason}");
        if (id is null)
        {
            Assert.Equal(ReadOutcome.Malformed, outcome);
        }
        else if (outcome == ReadOutcome.Message)
        {
            Assert.Equal(id, actualId);
        }
        else
        {
            Assert.Equal(MalformedReason.BadId, reason);
        }
    }

    [Theory]
    [MemberData(nameof(Vectors))]
    public void Write_VectorRead_GivesTheSameBytes(string why, string line, string? id, bool valid)
    {
        var bytes = Encoding.UTF8.GetBytes(line);
        if (MessageCodec.Read(bytes, out var message, out _) == ReadOutcome.Malformed)
        {
            Assert.False(valid, $"{why}: {id}");
            return;
        }

        var output = new ArrayBufferWriter<byte>();
        MessageCodec.Write(output, message!);
        Assert.Equal(line + "\n", Encoding.UTF8.GetString(output.WrittenSpan));
    }
}
