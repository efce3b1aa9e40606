using Blockchain.Shared.Topology;

namespace Blockchain.Simulation.Networks;

/// <summary>Gives the full peers of a generated network their shares of the blocks.</summary>
internal sealed class MakerShares
{
    /// <summary>Shares that people write sum up to 1 but for rounding.</summary>
    private const double Rounding = 1e-9;

    private readonly PeerSettings[]? _settings;
    private readonly int[] _makers = [];
    private readonly PeerSettings _usual;

    public MakerShares(GeneratedNetwork network, Roles roles)
    {
        _usual = network.Settings;
        if (network.Shares.Count == 0)
        {
            return;
        }

        var full = Enumerable.Range(0, network.Peers).Where(peer => !roles.IsLight(peer)).ToArray();
        var left = 1 - network.Shares.Sum();
        var rest = _usual with
        {
            // One for all of them: thousands of peers share their settings.
            Share = left > Rounding ? left / Math.Max(1, full.Length - network.Shares.Count) : 0,
        };
        _makers = full[..network.Shares.Count];
        _settings = new PeerSettings[network.Peers];
        Array.Fill(_settings, rest);
        for (var i = 0; i < network.Shares.Count; i++)
        {
            _settings[_makers[i]] = _usual with { Share = network.Shares[i] };
        }
    }

    /// <summary>The peers that have a share of their own, in ascending order.</summary>
    public IReadOnlyList<int> Makers => _makers;

    public bool IsMaker(int peer) => Array.BinarySearch(_makers, peer) >= 0;

    public PeerSettings SettingsOf(int peer) => _settings?[peer] ?? _usual;
}
