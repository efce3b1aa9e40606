namespace Blockchain.PeerNode.Storage;

/// <summary>Why a node cannot start from its file, in one line for people.</summary>
internal sealed class StorageException(string message, Exception? inner = null) : IOException(message, inner);
