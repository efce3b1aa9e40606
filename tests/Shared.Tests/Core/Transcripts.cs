using Blockchain.Shared.Wire;

namespace Blockchain.Shared.Tests.Core;

internal static class Transcripts
{
    /// <summary>A message with all that is in its lists, which the text of a record leaves out.</summary>
    public static string Describe(Message message) => message switch
    {
        Inv inventory => $"{inventory} {string.Join(',', inventory.BlockIds)}",
        GetBlock request => $"{request} {string.Join(',', request.BlockIds)}",
        GetBlockHeaders request => $"{request} {string.Join(',', request.Locator)}",
        BlockHeaders answer => $"{answer} {string.Join(',', answer.Headers)}",
        PeerList list => $"{list} {string.Join(',', list.Peers)}",
        Relay relay => $"{relay.Sender}>{relay.Target} {relay.Id} {Describe(relay.Payload)}",
        Block block => block.Header.ToString(),
        Transaction transaction => transaction.Id.ToString(),
        _ => message.ToString(),
    };
}
