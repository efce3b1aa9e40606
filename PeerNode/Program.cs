using Blockchain.PeerNode;
using Blockchain.ServiceDefaults;

return args.Contains(ServiceRoutes.HealthOption)
    ? NodeProgram.AskHealth(args, Console.Error)
    : await NodeProgram.RunAsync(args, Console.Error);
