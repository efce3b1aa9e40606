namespace Blockchain.AppHost.Tests.Containers;

/// <summary>What a program wrote, without spaces and line breaks at its ends.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Errors);
