using Blockchain.Launching;

namespace Blockchain.AppHost.Network;

internal static class PreflightExtensions
{
    /// <summary>Else the peers that cannot listen would just fail, each in its row of the dashboard.</summary>
    /// <exception cref="RefusedException">A peer has an address or port that cannot be listened on.</exception>
    public static void RefuseTakenPorts(this BlockchainNetwork network)
    {
        var preflight = Preflight.Check(network.Plan);
        if (!preflight.IsClear)
        {
            throw new RefusedException([.. preflight.Explain("./run.sh --form local --addresses single")]);
        }
    }

    /// <summary>Deletes what its peers have kept.</summary>
    /// <exception cref="RefusedException">Why not.</exception>
    public static void Clear(this BlockchainNetwork network)
    {
        try
        {
            if (DataFolder.TryClear(network.Plan.Data, network.Plan) is { } problem)
            {
                throw new RefusedException(problem);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RefusedException($"--fresh: {e.Message}");
        }
    }
}
