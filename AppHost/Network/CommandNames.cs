namespace Blockchain.AppHost.Network;

/// <summary>The names of the commands for programs; people see their titles.</summary>
public static class CommandNames
{
    public const string Mine = "mine";
    public const string Send = "send";
    public const string TurnMalicious = "turn-malicious";
    public const string TurnHonest = "turn-honest";
    public const string Pause = "pause";
    public const string Resume = "resume";
    public const string Partition = "partition";
    public const string Heal = "heal";
    public const string Conditions = "conditions";
    public const string Load = "load";
}
