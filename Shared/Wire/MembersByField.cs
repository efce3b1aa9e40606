using System.Runtime.CompilerServices;

namespace Blockchain.Shared.Wire;

/// <summary>An object's members by the field that their key names, and so in the order of canonical JSON.</summary>
internal struct MembersByField
{
    private Tokens _tokens;

    /// <summary>The fields that are there, a bit for each. <see cref="Field.Unknown"/> stands for all others.</summary>
    public uint Present { get; private set; }

    /// <summary>The token of that field's value; 0 for none.</summary>
    public readonly int this[Field field] => _tokens[(int)field];

    /// <summary>Fills itself, as nothing of this size should be returned or copied.</summary>
    /// <param name="container">The token of an object.</param>
    public void Fill(scoped in JsonTape tape, int container)
    {
        Assertions.That(tape[container].Kind == TokenKind.Object && Present == 0, "It is filled once, from an object.");
        var end = tape[container].Next;
        for (var member = container + 1; member < end; member = tape[member].Next)
        {
            var field = (int)tape[member].Field;
            Assertions.That(
                !Assertions.AreOn || (field == (int)Field.Unknown || _tokens[field] == 0),
                "The tokeniser has let a key pass twice.");
            _tokens[field] = member;
            Present |= 1u << field;
        }
    }

    [InlineArray(FieldNames.Count)]
    private struct Tokens
    {
        private int _token;
    }
}
