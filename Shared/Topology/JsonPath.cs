using System.Globalization;
using System.Text;

namespace Blockchain.Shared.Topology;

/// <summary>A place in a JSON text, in the notation of RFC 9535: <c>$.peers['5003'].knows[0]</c>.</summary>
internal sealed class JsonPath
{
    private readonly JsonPath? _parent;
    private readonly string? _name;
    private readonly int _index;

    private JsonPath(JsonPath? parent, string? name, int index)
    {
        _parent = parent;
        _name = name;
        _index = index;
    }

    public static JsonPath Root { get; } = new(null, null, 0);

    public JsonPath At(string name) => new(this, name, 0);

    public JsonPath At(int index) => new(this, null, index);

    public override string ToString()
    {
        var text = new StringBuilder();
        AppendTo(text);
        return text.ToString();
    }

    private void AppendTo(StringBuilder text)
    {
        if (_parent is null)
        {
            text.Append('$');
            return;
        }

        _parent.AppendTo(text);
        if (_name is null)
        {
            text.Append(CultureInfo.InvariantCulture, $"[{_index}]");
        }
        else if (IsShorthand(_name))
        {
            text.Append('.').Append(_name);
        }
        else
        {
            text.Append("['").Append(_name.Replace("\\", "\\\\").Replace("'", "\\'")).Append("']");
        }
    }

    private static bool IsShorthand(string name) =>
        name.Length > 0
        && !char.IsAsciiDigit(name[0])
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '_');
}
