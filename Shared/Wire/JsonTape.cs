using System.Buffers;

namespace Blockchain.Shared.Wire;

/// <summary>
/// A line with its tokens in the order of the line: the whole first, each object or array before what is in it.
/// </summary>
internal readonly ref struct JsonTape(ReadOnlySpan<byte> json, Token[] tokens, MalformedReason reason)
{
    // From the array pool, to which they are given back; behind the last one stands whatever was there.
    private readonly Token[] _tokens = tokens;

    public ReadOnlySpan<byte> Json { get; } = json;

    /// <summary>Why this is not one JSON value as the wire has them; then the tokens mean nothing.</summary>
    public MalformedReason Reason { get; } = reason;

    public ref readonly Token this[int token] => ref _tokens[token];

    /// <summary>Reads one JSON value of any type. To be disposed.</summary>
    public static JsonTape Read(ReadOnlySpan<byte> json) => new Tokeniser(json).Run();

    public ReadOnlySpan<byte> Raw(int token) => Json[_tokens[token].Start.._tokens[token].End];

    /// <summary>The key of a value, with its quotes.</summary>
    public ReadOnlySpan<byte> Key(int token)
    {
        var start = _tokens[token].KeyStart;
        Assertions.That(Json[start] == '"', "Only what is in an object has a key.");
        var end = start + 1;
        while (Json[end] != '"')
        {
            end += Json[end] == '\\' ? 2 : 1;
        }

        return Json[start..(end + 1)];
    }

    /// <summary>
    /// The canonical form of a value: its bytes in the line, or where they are not canonical, a copy.
    /// </summary>
    public ReadOnlySpan<byte> Canonical(int token)
    {
        if (_tokens[token].IsCanonical)
        {
            return Raw(token);
        }

        var output = new PooledBytes(Raw(token).Length);
        new CanonicalWriter(this, ref output).WriteValue(token);
        var copy = output.Written.ToArray();
        Assertions.That(
            !Assertions.AreOn || !copy.AsSpan().ContainsAnyExceptInRange((byte)' ', (byte)'~'),
            "It is printable ASCII.");
        Assertions.That(!Assertions.AreOn || IsValid(copy), "Canonical JSON is valid.");
        output.Dispose();
        return copy;
    }

    /// <summary>A text in canonical form, without its quotes.</summary>
    public ReadOnlySpan<byte> CanonicalText(int token)
    {
        Assertions.That(_tokens[token].Kind == TokenKind.Text, "Only a text has quotes.");
        return Canonical(token)[1..^1];
    }

    /// <summary>How many items an array has, or members an object.</summary>
    public int CountItems(int container)
    {
        Assertions.That(_tokens[container].Kind is TokenKind.Array or TokenKind.Object, "Only these hold others.");
        var count = 0;
        for (var item = container + 1; item < _tokens[container].Next; item = _tokens[item].Next)
        {
            count++;
        }

        return count;
    }

    public void Dispose() => ArrayPool<Token>.Shared.Return(_tokens);

    private static bool IsValid(ReadOnlySpan<byte> json)
    {
        using var tape = Read(json);
        return tape.Reason == MalformedReason.None;
    }
}
