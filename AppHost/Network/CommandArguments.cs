using System.Globalization;
using Blockchain.Shared;

namespace Blockchain.AppHost.Network;

/// <summary>Arguments of commands: fields to describe them, and what was put in. All may be left empty.</summary>
internal static class CommandArguments
{
    public static InteractionInput TextInput(string name, string label, string description, string placeholder) =>
        Input(InputType.Text, name, label, description, placeholder);

    public static InteractionInput NumberInput(string name, string label, string description, string placeholder) =>
        Input(InputType.Number, name, label, description, placeholder);

    /// <summary>Null where nothing was put in.</summary>
    public static string? Text(this InteractionInputCollection inputs, string name) =>
        inputs.TryGetByName(name, out var input) && !string.IsNullOrWhiteSpace(input.Value) ? input.Value.Trim() : null;

    /// <summary>Null where nothing was put in; NaN where it is not a number.</summary>
    public static double? Number(this InteractionInputCollection inputs, string name) =>
        inputs.Text(name) is not { } text
        ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN;

    /// <summary>Null where nothing was put in that is a duration.</summary>
    public static TimeSpan? Duration(this InteractionInputCollection inputs, string name) =>
        inputs.Text(name) is { } text && Durations.TryParse(text, out var duration) ? duration : null;

    public static void RefuseNumberOutside(
        this InputsDialogValidationContext context, string name, double least, double most, string what)
    {
        if (context.Inputs.Number(name) is { } number && !(number >= least && number <= most))
        {
            context.Refuse(name, $"{what} is a number from {least} to {most}.");
        }
    }

    public static void RefuseOtherThanDuration(this InputsDialogValidationContext context, string name)
    {
        if (context.Inputs.Text(name) is not null && context.Inputs.Duration(name) is null)
        {
            context.Refuse(name, "This is a time such as 20ms, 1.5s or 5min.");
        }
    }

    public static void Refuse(this InputsDialogValidationContext context, string name, string reason) =>
        context.AddValidationError(context.Inputs[name], reason);

    private static InteractionInput Input(
        InputType type, string name, string label, string description, string placeholder) => new()
        {
            Name = name,
            Label = label,
            Description = description,
            Placeholder = placeholder,
            InputType = type,
        };
}
