namespace Blockchain.Shared.Wire;

/// <summary>The types of JSON value.</summary>
internal enum TokenKind : byte
{
    Object,
    Array,
    Text,
    Number,
    True,
    False,
    Null,
}
