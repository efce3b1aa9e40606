using Blockchain.Observatory;

await ObservatoryHost.Build(args).RunAsync();
