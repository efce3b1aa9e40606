using Blockchain.Observatory.Following;

namespace Blockchain.Observatory.Login;

internal static class LoginExtensions
{
    /// <summary>
    /// Asks for the token, where the Observatory has the nodes' key and is not told to be open. One that can only look
    /// shows what every node tells anybody.
    /// </summary>
    public static void UseLogin(this WebApplication app, ObservatoryOptions options)
    {
        if (options.Key is null || options.Open)
        {
            return;
        }

        var gate = ActivatorUtilities.CreateInstance<LoginGate>(app.Services, new LoginTokens(options.Token));
        app.Use(gate.PassAsync);

        // Who gives the token says where it leads.
        if (options.Token is null)
        {
            app.Lifetime.ApplicationStarted.Register(gate.SayWhere);
        }
    }
}
