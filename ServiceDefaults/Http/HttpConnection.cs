using System.Net;
using Microsoft.AspNetCore.Connections;

namespace Blockchain.ServiceDefaults.Http;

/// <summary>A connection of an HTTP caller, as <see cref="ConnectionBudget"/> sees it.</summary>
internal sealed class HttpConnection(ConnectionContext transport)
{
    private int _requests;
    private volatile bool _isTrusted;

    /// <summary>Where it really comes from, whatever a header says of it.</summary>
    public IPAddress Caller { get; } = (transport.RemoteEndPoint as IPEndPoint)?.Address ?? IPAddress.None;

    /// <summary>The address of this machine that it leads to.</summary>
    public IPAddress? Reached { get; } = (transport.LocalEndPoint as IPEndPoint)?.Address;

    /// <summary>Whether no request is being answered on it.</summary>
    public bool IsIdle => Volatile.Read(ref _requests) == 0;

    /// <summary>Who calls has shown a secret of this service, so that others may not push it out.</summary>
    public bool IsTrusted => _isTrusted;

    public void Trust() => _isTrusted = true;

    public void Begin() => Interlocked.Increment(ref _requests);

    public void End() => Interlocked.Decrement(ref _requests);

    public void Abort() => transport.Abort(new ConnectionAbortedException("Others need the place of this connection."));
}
