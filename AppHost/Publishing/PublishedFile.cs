namespace Blockchain.AppHost.Publishing;

/// <param name="Name">With slashes, from the folder of the publication.</param>
/// <param name="KeepsEdits">Whether people write into it, so that it is left as it is when they publish again.</param>
internal sealed record PublishedFile(string Name, string Text, bool KeepsEdits = false);
