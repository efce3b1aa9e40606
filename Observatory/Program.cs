using Blockchain.Observatory;
using Blockchain.ServiceDefaults;

if (args.Contains(ServiceRoutes.HealthOption))
{
    return ObservatoryHost.AskHealth(args, Console.Error);
}

await ObservatoryHost.Build(args).RunAsync();
return 0;
