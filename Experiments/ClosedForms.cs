namespace Blockchain.Experiments;

/// <summary>What theory says of attacks, to be drawn beside what is measured.</summary>
internal static class ClosedForms
{
    /// <summary>
    /// Share of the blocks on the chain of a selfish miner (I. Eyal and E. G. Sirer, "Majority is not enough", 2014,
    /// equation 8).
    /// </summary>
    /// <param name="a">Its share of the power, below ½.</param>
    /// <param name="g">γ: the share of the others' power that works on its block in a tie.</param>
    public static double SelfishRevenue(double a, double g) =>
        ((a * (1 - a) * (1 - a) * ((4 * a) + (g * (1 - (2 * a))))) - (a * a * a)) / (1 - (a * (1 + ((2 - a) * a))));

    /// <summary>From which share of the power on it pays (the same, equation 9).</summary>
    public static double SelfishThreshold(double g) => (1 - g) / (3 - (2 * g));

    /// <summary>
    /// Chance of a double spend that begins with one block in secret (M. Rosenfeld, "Analysis of hashrate-based
    /// double-spending", 2014, equation 1).
    /// </summary>
    /// <param name="q">The attacker's share of the power, below ½.</param>
    /// <param name="confirmations">For which the payee waits.</param>
    public static double DoubleSpend(double q, int confirmations)
    {
        // C(m + n - 1, m) p^n q^m: the attacker finds m blocks while the others find n.
        var (p, n) = (1 - q, confirmations);
        var (sum, ways) = (0.0, 1.0);
        for (var m = 0; m <= n; m++)
        {
            sum += ways * ((Math.Pow(p, n) * Math.Pow(q, m)) - (Math.Pow(p, m) * Math.Pow(q, n)));
            ways *= (double)(m + n) / (m + 1);
        }

        return 1 - sum;
    }

    /// <summary>
    /// The same where the others take exactly their mean time for each block (S. Nakamoto, "Bitcoin", 2008, section
    /// 11).
    /// </summary>
    public static double DoubleSpendOfNakamoto(double q, int confirmations)
    {
        var mean = confirmations * q / (1 - q);
        var (sum, poisson) = (0.0, Math.Exp(-mean));
        for (var k = 0; k <= confirmations; k++)
        {
            sum += poisson * (1 - Math.Pow(q / (1 - q), confirmations - k));
            poisson *= mean / (k + 1);
        }

        return 1 - sum;
    }

    /// <summary>
    /// Chance that all neighbours that a peer draws are attackers', if each is independently of the others. The attack
    /// is that of E. Heilman et al., "Eclipse attacks on Bitcoin's peer-to-peer network", 2015.
    /// </summary>
    /// <param name="share">Of the addresses of which it draws.</param>
    /// <param name="drawn">How many neighbours it draws.</param>
    public static double Eclipse(double share, int drawn) => Math.Pow(share, drawn);
}
