using System.Globalization;
using Blockchain.Shared.Wire;

namespace Blockchain.Shared;

/// <content>How the arguments of each command are read.</content>
public sealed partial record PeerVerb
{
    private static (PeerCommand?, string?) ParseSwitch(string? value, Func<bool, PeerCommand> command) => value switch
    {
        "true" => (command(true), null),
        "false" => (command(false), null),
        _ => (null, $"{Value} must be true or false"),
    };

    private static (PeerCommand?, string?) ParsePay(string? to, string? amount)
    {
        long whole = 1;
        if (amount is not null
            && !(long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out whole) && whole > 0))
        {
            return (null, $"{Amount} must be a whole number above 0");
        }

        return to is not null && (to.Length is 0 or > WireLimits.PeerIdLength || to.Any(char.IsSurrogate))
            ? (null, $"{To} must be the id of a peer, of 1 to {WireLimits.PeerIdLength} characters")
            : (new Pay(to is null ? null : new PeerId(to), whole), null);
    }

    private static (PeerCommand?, string?) ParseMalicious(string? value, string? behaviour)
    {
        if (behaviour is null)
        {
            return ParseSwitch(value, isOn => new SetMalicious(isOn));
        }

        return (value, Behaviours.All.Problem(behaviour)) switch
        {
            ("true", null) when behaviour != Behaviours.Honest => (new SetMalicious(true, behaviour), null),
            ("true", { } problem) => (null, problem),
            _ => (null, $"{BehaviourName} goes with {Value}=true and is not {Behaviours.Honest}; "
                + $"{Value}=false makes a peer honest"),
        };
    }

    private static (PeerCommand?, string?) ParseConditions(Func<string, string?> argument)
    {
        string[] values = [Loss, Burst, LatencyMin, LatencyMax, CapacityName, ClearName];
        if (Array.TrueForAll(values, name => argument(name) is null))
        {
            return (null, $"give at least one of {string.Join(", ", values)}");
        }

        if (!TryParseOptional(argument(Loss), out var loss) || loss is not (null or (>= 0 and <= 1)))
        {
            return (null, $"{Loss} must be a number from 0 to 1, such as 0.1");
        }

        if (!TryParseOptional(argument(Burst), out var burst))
        {
            return (null, NetworkConditions.BurstRule);
        }

        if (!TryParseDuration(argument(LatencyMin), out var min)
            || !TryParseDuration(argument(LatencyMax), out var max))
        {
            return (null, $"{LatencyMin} and {LatencyMax} must be durations such as 20ms or 1.5s");
        }

        if (!TryParseOptional(argument(CapacityName), out var capacity))
        {
            return (null, SetConditions.CapacityRule);
        }

        if (!TryParsePeers(argument(To), out var to))
        {
            return (null, $"{To} must be ids of peers with commas between");
        }

        if (argument(ClearName) is not (null or "true"))
        {
            return (null, $"{ClearName} must be true, or not be given");
        }

        var command = new SetConditions(loss, min, max)
        {
            Burst = burst, Capacity = capacity, To = to, Clear = argument(ClearName) is not null,
        };
        var problem = command.Shape ?? command.Apply(new NetworkConditions(0, default)).Problem;
        return problem is null ? (command, null) : (null, problem);
    }

    private static (PeerCommand?, string?) ParseLoad(string? tx, string? time)
    {
        if (!TryParseNumber(tx, out var perSecond) || perSecond is not (>= 0 and <= Peer.MaxLoad))
        {
            return (null, $"{Tx} must be a number of transactions a second from 0 to {Peer.MaxLoad}");
        }

        return !TryParseDuration(time, out var length)
            || length is { } given && (given == TimeSpan.Zero || given > Durations.Longest)
                ? (null, $"{For} must be a duration such as 30s or 5min, up to {Durations.Format(Durations.Longest)}")
                : (new SetLoad(perSecond, length ?? TimeSpan.Zero), null);
    }

    private static bool TryParseNumber(string? text, out double number) =>
        double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number);

    /// <summary>A number, or null where none is given.</summary>
    private static bool TryParseOptional(string? text, out double? number)
    {
        var isNumber = TryParseNumber(text, out var parsed);
        number = isNumber ? parsed : null;
        return isNumber || text is null;
    }

    /// <summary>Peers, or null where none are given; at least one of them.</summary>
    private static bool TryParsePeers(string? text, out PeerSet? peers)
    {
        var areSome = PeerSet.TryParse(text, out peers) && peers.Count > 0;
        return areSome || text is null;
    }

    /// <summary>A duration, or null where none is given.</summary>
    private static bool TryParseDuration(string? text, out TimeSpan? duration)
    {
        duration = null;
        if (text is null)
        {
            return true;
        }

        var isDuration = Durations.TryParse(text, out var parsed);
        duration = parsed;
        return isDuration;
    }
}
