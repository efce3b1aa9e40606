namespace Blockchain.Shared.Wire;

/// <summary>One value of a line, with the key that it may have.</summary>
/// <param name="KeyStart">The opening quote of its key; 0 for the whole line and for items of an array.</param>
/// <param name="Start">Its first byte in the line; of a text, the opening quote.</param>
/// <param name="End">Behind its last byte.</param>
/// <param name="Next">The index of the token behind it and all that is in it.</param>
/// <param name="Field">Which field its key names.</param>
/// <param name="IsCanonical">
/// Whether its bytes are its canonical form. Never said of an object or array, and not of a text with an escape.
/// </param>
/// <param name="IsMemberCanonical">Whether that is true of all from its key on.</param>
internal readonly record struct Token(
    int KeyStart, int Start, int End, int Next, TokenKind Kind, Field Field, bool IsCanonical, bool IsMemberCanonical);
