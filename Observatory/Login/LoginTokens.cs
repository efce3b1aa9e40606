using System.Security.Cryptography;
using System.Text;
using Blockchain.ServiceDefaults.Http;

namespace Blockchain.Observatory.Login;

/// <summary>
/// Who may see and do what is here. A token stands in a URL, where others may read it later, so it is good for one
/// browser: that gets a session for it, and the next browser needs the next token. For any thread.
/// </summary>
/// <param name="first">The first token; null: one is made.</param>
internal sealed class LoginTokens(string? first)
{
    /// <summary>The oldest session ends when there are more.</summary>
    public const int MaxSessions = 64;

    private readonly Lock _gate = new();

    /// <summary>Hashes, so that no search can tell by its time how much of a session was guessed.</summary>
    private readonly HashSet<string> _sessions = [];

    private readonly Queue<string> _bySeniority = new();
    private string _token = first ?? Secrets.New();

    /// <summary>The one that has not been used.</summary>
    public string Token
    {
        get
        {
            lock (_gate)
            {
                return _token;
            }
        }
    }

    /// <summary>The session that a token is exchanged for; null: it is not the token, or was used before.</summary>
    public string? TryExchange(string token)
    {
        lock (_gate)
        {
            if (!Secrets.AreEqual(token, _token))
            {
                return null;
            }

            _token = Secrets.New();
            var session = Secrets.New();
            _sessions.Add(Hash(session));
            _bySeniority.Enqueue(Hash(session));
            if (_bySeniority.Count > MaxSessions)
            {
                _sessions.Remove(_bySeniority.Dequeue());
            }

            return session;
        }
    }

    public bool IsSession(string session)
    {
        lock (_gate)
        {
            return _sessions.Contains(Hash(session));
        }
    }

    private static string Hash(string text) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
}
