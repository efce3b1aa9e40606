namespace Blockchain.Shared.Tests.Core;

/// <summary>A network that keeps what it is handed.</summary>
internal sealed class RecordingTransmitter : ITransmitter
{
    public List<Transmission> All { get; } = [];

    public void Transmit(in Transmission transmission) => All.Add(transmission);
}
