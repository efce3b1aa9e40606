using System.Diagnostics;
using System.Reflection;
using Blockchain.Shared;

#pragma warning disable CA1050 // The runtime wants it in no namespace.
/// <summary>
/// A defect for one node: the runtime calls this before a program, if <c>DOTNET_STARTUP_HOOKS</c> names this assembly.
/// From then on its peer throws at whatever happens.
/// </summary>
/// <remarks>https://github.com/dotnet/runtime/blob/main/docs/design/features/host-startup-hook.md</remarks>
internal static class StartupHook
{
    public const string Words = "a defect of the test";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("Node__Id") == "5000")
        {
            DiagnosticListener.AllListeners.Subscribe(new Observer<DiagnosticListener>(listener =>
            {
                if (listener.Name == "Microsoft.Extensions.Hosting")
                {
                    listener.Subscribe(
                        new Observer<KeyValuePair<string, object?>>(told => Spoil(told.Key, told.Value)));
                }
            }));
        }
    }

    private static void Spoil(string what, object? host)
    {
        if (what != "HostBuilt")
        {
            return;
        }

        var services = (IServiceProvider)host!.GetType().GetProperty("Services")!.GetValue(host)!;
        var type = Type.GetType("Blockchain.PeerNode.Events.NodeEvents, Blockchain.PeerNode", throwOnError: true)!;
        Action<PeerEvent> follower = _ => throw new InvalidOperationException(Words);
        type.GetProperty("Follower", BindingFlags.Public | BindingFlags.Instance)!.SetValue(
            services.GetService(type), follower);
    }

    private sealed class Observer<T>(Action<T> next) : IObserver<T>
    {
        public void OnNext(T value) => next(value);

        public void OnCompleted()
        {
        }

        public void OnError(Exception error)
        {
        }
    }
}
#pragma warning restore CA1050
