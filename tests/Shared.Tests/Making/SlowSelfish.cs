using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Making;

/// <summary>Algorithm 1 of Eyal and Sirer (2014), word for word, on lists of ids.</summary>
internal sealed class SlowSelfish
{
    private List<Hash256> _private = [];
    private int _branchLength;

    public List<Hash256> Public { get; private set; } = [];

    public List<Hash256> Unpublished { get; } = [];

    public Hash256 MinesOn => _private.Count == 0 ? Hash256.Genesis : _private[^1];

    public List<Hash256> OnOwn(Hash256 block)
    {
        var before = _private.Count - Public.Count;
        _private.Add(block);
        Unpublished.Add(block);
        _branchLength++;
        if (before == 0 && _branchLength == 2)
        {
            _branchLength = 0;
            return Publish(Unpublished.Count);
        }

        return [];
    }

    /// <param name="onPrivate">Whether they have built on as long a part of its branch as of their own.</param>
    public List<Hash256> OnOthers(Hash256 block, bool onPrivate)
    {
        var before = _private.Count - Public.Count;
        Public = [.. onPrivate ? _private[..Public.Count] : Public, block];
        switch (before)
        {
            case 0:
                _private = [.. Public];
                _branchLength = 0;
                return [];
            case 1:
                return Publish(Unpublished.Count);
            case 2:
                _branchLength = 0;
                return Publish(Unpublished.Count);
            default:
                return Publish(1);
        }
    }

    /// <summary>Whether others know as long a branch of its own as theirs, and another one.</summary>
    public bool IsTie => Public.Count > 0 && _private.Count >= Public.Count
        && !Unpublished.Contains(_private[Public.Count - 1]) && _private[Public.Count - 1] != Public[^1];

    public Hash256 TipOfPrivate => _private[Public.Count - 1];

    private List<Hash256> Publish(int count)
    {
        var shown = Unpublished[..count];
        Unpublished.RemoveRange(0, count);
        if (Unpublished.Count == 0 && _private.Count > Public.Count)
        {
            Public = [.. _private];
        }

        return shown;
    }
}
