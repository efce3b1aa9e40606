namespace Blockchain.Shared;

/// <summary>At most so many messages in a window; zero messages: no limit.</summary>
public readonly record struct RateLimit(int Messages, TimeSpan Window)
{
    public static RateLimit None => default;

    public bool IsLimited => Messages > 0;
}
