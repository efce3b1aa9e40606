using Blockchain.PeerNode;
using Blockchain.ServiceDefaults;

return args.Contains(HealthProbe.Option)
    ? NodeProgram.AskHealth(args, Console.Error)
    : await NodeProgram.RunAsync(args, Console.Error);
