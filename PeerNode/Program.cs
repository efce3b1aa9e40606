using Blockchain.NodeApi;
using Blockchain.PeerNode;

return args.Contains(ServiceRoutes.HealthOption)
    ? NodeProgram.AskHealth(args, Console.Error)
    : await NodeProgram.RunAsync(args, Console.Error);
