namespace Blockchain.Observatory.Following;

/// <summary>Section <c>Observatory</c> of the configuration.</summary>
public sealed class ObservatoryOptions
{
    public const string Section = "Observatory";

    /// <summary>The control key of the nodes; null: it can look only.</summary>
    public string? Key { get; set; }

    /// <summary>
    /// What the first browser has to show, if the Observatory has a key; null: it makes a token and prints it.
    /// </summary>
    public string? Token { get; set; }

    /// <summary>Everybody who reaches the page may act, without a token.</summary>
    public bool Open { get; set; }

    /// <summary>The peers file, so that peers are known for what they are before they are up.</summary>
    public string? File { get; set; }
}
