namespace Blockchain.Shared.Wire;

/// <summary>Why a line is not a message.</summary>
public enum MalformedReason
{
    None,

    /// <summary>Not one JSON value, or more than one.</summary>
    NotJson,

    /// <summary>JSON, but no object.</summary>
    NotAnObject,

    /// <summary>Longer than the reader's limit.</summary>
    LineTooLong,

    /// <summary>Nested deeper than <see cref="WireLimits.Depth"/>.</summary>
    TooDeep,

    /// <summary>The same key twice in one object, at any level.</summary>
    DuplicateKey,

    /// <summary>A field that we know has another JSON type than it should have.</summary>
    WrongType,

    /// <summary>A field that the type requires is not there.</summary>
    MissingField,

    /// <summary>NaN, Infinity, beyond a double's range, or outside the range of its field.</summary>
    BadNumber,

    /// <summary>Invalid UTF-8, a lone surrogate, an unknown escape, or longer than its field allows.</summary>
    BadString,

    /// <summary>A list longer than its limit in <see cref="WireLimits"/>.</summary>
    TooManyItems,

    /// <summary>
    /// A block or transaction id that is not 64 lower-case hex digits, or a peer id that none can have.
    /// </summary>
    BadId,

    /// <summary>A RELAY whose payload is a RELAY.</summary>
    NestedRelay,
}
