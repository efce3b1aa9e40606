using System.Numerics;

namespace Blockchain.Shared.Wire;

/// <summary>
/// Writes values of a line in canonical form, the form that ids are computed from: what is canonical as it stands is
/// copied. Recursion is bounded by <see cref="WireLimits.Depth"/>.
/// </summary>
internal ref struct CanonicalWriter(JsonTape tape, ref PooledBytes output)
{
    private readonly JsonTape _tape = tape;
    private readonly ref PooledBytes _output = ref output;

    public void WriteValue(int token)
    {
        if (_tape[token].IsCanonical)
        {
            _output.Append(_tape.Raw(token));
            return;
        }

        switch (_tape[token].Kind)
        {
            case TokenKind.Object:
                WriteObject(token);
                break;
            case TokenKind.Array:
                WriteArray(token);
                break;
            case TokenKind.Text:
                CanonicalText.Write(_tape.Raw(token), ref _output);
                break;
            default:
                CanonicalNumber.Write(_tape.Raw(token), ref _output);
                break;
        }
    }

    /// <summary>Writes an object but for some of its members.</summary>
    /// <param name="without">A bit for each field that is left out.</param>
    public void WriteObject(int token, uint without = 0)
    {
        MembersByField members = default;
        members.Fill(_tape, token);
        if ((members.Present & 1u << (int)Field.Unknown) == 0)
        {
            WriteFields(members, members.Present & ~without);
            return;
        }

        var isFirst = true;
        MemberOrder.TrySort(_tape, token, out var sorted);
        foreach (var member in sorted)
        {
            if ((without & 1u << (int)_tape[member].Field) == 0)
            {
                _output.Append(isFirst ? "{"u8 : ", "u8);
                isFirst = false;
                WriteMember(member);
            }
        }

        _output.Append(isFirst ? "{}"u8 : "}"u8);
    }

    /// <summary>Writes an object of some of the fields of one on the tape.</summary>
    /// <param name="fields">A bit for each.</param>
    public void WriteFields(in MembersByField members, uint fields)
    {
        Assertions.That(!Assertions.AreOn || (fields & ~members.Present) == 0, "Only what is there can be written.");
        _output.Append((byte)'{');
        for (var rest = fields; rest != 0; rest &= rest - 1)
        {
            if (rest != fields)
            {
                _output.Append(", "u8);
            }

            WriteMember(members[(Field)BitOperations.TrailingZeroCount(rest)]);
        }

        _output.Append((byte)'}');
    }

    /// <summary>Writes a value and its key.</summary>
    public void WriteMember(int token)
    {
        ref readonly var member = ref _tape[token];
        Assertions.That(!member.IsMemberCanonical || member.IsCanonical, "A value is a part of its member.");
        if (member.IsMemberCanonical)
        {
            _output.Append(_tape.Json[member.KeyStart..member.End]);
            return;
        }

        CanonicalText.Write(_tape.Key(token), ref _output);
        _output.Append(": "u8);
        WriteValue(token);
    }

    private void WriteArray(int token)
    {
        _output.Append((byte)'[');
        for (var item = token + 1; item < _tape[token].Next; item = _tape[item].Next)
        {
            if (item > token + 1)
            {
                _output.Append(", "u8);
            }

            WriteValue(item);
        }

        _output.Append((byte)']');
    }
}
