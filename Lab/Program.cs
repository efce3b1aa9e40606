using Blockchain.Lab.Commands;

return await CommandLine.RunAsync(args);
