using Blockchain.PeerNode;

return await NodeProgram.RunAsync(args, Console.Error);
