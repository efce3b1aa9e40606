using System.Buffers;

namespace Blockchain.Shared.Wire;

/// <summary>
/// The length of a message's line in bytes, as <see cref="MessageCodec"/> writes it. Of those that come in masses it is
/// computed; the others are written.
/// </summary>
internal sealed class MessageSize
{
    private readonly ArrayBufferWriter<byte> _line = new();

    public int Of(Message message) => message switch
    {
        Block block => block.Json.Length + 1,
        Transaction transaction => transaction.Json.Length + 1,
        Inv { TraceParent: null } inventory => OfList(101, inventory.Sender.Value, inventory.BlockIds.Count),
        GetBlock { TraceParent: null, Compact: false } request =>
            OfList(106, request.Sender.Value, request.BlockIds.Count),
        _ => Written(message),
    };

    // Each id has 64 digits and two quotes, and all but the first come after ", ".
    private static int OfList(int frame, string sender, int ids) =>
        frame + sender.Length + (ids == 0 ? 0 : (68 * ids) - 2);

    private int Written(Message message)
    {
        if (message is UnknownMessage)
        {
            return 0;
        }

        _line.ResetWrittenCount();
        MessageCodec.Write(_line, message);
        return _line.WrittenCount;
    }
}
