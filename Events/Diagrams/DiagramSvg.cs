using System.Globalization;
using System.Text;
using System.Xml;
using Blockchain.Events.Messages;
using Blockchain.Shared;

namespace Blockchain.Events.Diagrams;

/// <summary>Writes a diagram as SVG: the frame with lanes and axis; the other parts write what lies in it.</summary>
internal sealed partial class DiagramSvg
{
    private const double Left = 70;
    private const double Inset = 34;
    private const double PanelWidth = 356;
    private const double LegendHeight = 58;
    private const double NarrowLane = 44;
    private const double TickDistance = 36;

    // More arrows are drawn pale and without letters, so that the emphasised way is to be seen among them.
    private const int Crowd = 160;

    private readonly SpaceTimeDiagram _diagram;
    private readonly StringBuilder _text = new();
    private readonly XmlWriter _xml;
    private readonly TimeScale _scale;
    private readonly Dictionary<PeerId, double> _lanes = [];
    private readonly double _top;
    private readonly double _step;
    private readonly double _lostDrop;

    public DiagramSvg(SpaceTimeDiagram diagram)
    {
        _diagram = diagram;
        var count = diagram.Lanes.Length;
        _step = Math.Clamp(880.0 / Math.Max(count - 1, 1), 27, 170);
        for (var i = 0; i < count; i++)
        {
            _lanes[diagram.Lanes[i].Peer] = Left + Inset + (i * _step);
        }

        _top = _step < NarrowLane ? 118 : 92;
        var height = Math.Clamp(120 + (4.5 * diagram.Arrows.Length), 460, 1_500);
        _scale = new TimeScale(diagram.Begin, diagram.End, Times(), height);
        _lostDrop = LostDrop();
        _xml = XmlWriter.Create(_text, new XmlWriterSettings
        {
            OmitXmlDeclaration = true,
            Indent = true,
            IndentChars = " ",
            NewLineChars = "\n",
        });
    }

    private double Right => Left + (2 * Inset) + (_step * Math.Max(_diagram.Lanes.Length - 1, 0));

    private double Bottom => _top + _scale.Height;

    private double NamesTop => _step < NarrowLane ? 52 : 60;

    private double Width => Math.Max(Right + (_diagram.Path is null ? 20 : PanelWidth), LegendWidth + Left + 20);

    private bool IsCrowded => _diagram.Arrows.Length > Crowd;

    public string Write(bool isPartOfPage)
    {
        var height = Math.Max(Bottom + LegendHeight, PanelBottom + 20);
        _xml.WriteStartElement("svg", "http://www.w3.org/2000/svg");
        _xml.WriteAttributeString("class", "space-time");
        _xml.WriteAttributeString("viewBox", $"0 0 {Number(Width)} {Number(height)}");
        _xml.WriteAttributeString("width", Number(Width));
        _xml.WriteAttributeString("height", Number(height));
        _xml.WriteAttributeString("role", "img");
        Element("title", $"{_diagram.Title}. {_diagram.Subtitle}.");
        var dark = isPartOfPage ? "" : DiagramStyle.Dark;
        Element("style", string.Join('\n', DiagramStyle.Light, dark, DiagramStyle.Print));
        Rectangle("paper", 0, 0, Width, height);
        Text(14, 26, "title", _diagram.Title);
        Text(14, 44, "faint", _diagram.Subtitle);
        Axis();
        Lanes();
        WritePathWaits();
        Begin("g", IsCrowded ? "crowd" : "few");
        WriteArrows();
        _xml.WriteEndElement();
        Arrivals();
        WritePathLabels();
        AxisTimes();
        LaneNames();
        WritePanel();
        Legend();
        _xml.WriteEndElement();
        _xml.Flush();
        return _text.ToString();
    }

    private IEnumerable<TimeSpan> Times() =>
    [
        .. _diagram.Arrows.SelectMany(arrow => new[] { arrow.Queued, arrow.Left ?? arrow.Queued, arrow.Last }),
        .. _diagram.Lanes.Select(lane => lane.Arrival?.Time ?? _diagram.Begin),
    ];

    private double Y(TimeSpan time) => _top + _scale.Y(time);

    private void Axis()
    {
        Begin("g", "axis");
        foreach (var tick in _scale.Ticks(_diagram.Origin, TickDistance))
        {
            var y = Y(_diagram.Origin + tick);
            Line("grid", Left, y, Right, y);
        }

        foreach (var (from, to) in _scale.Breaks)
        {
            var middle = (Y(from) + Y(to)) / 2;
            Begin("path", "gap");
            _xml.WriteAttributeString("d", Zigzag(middle));
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    /// <summary>In a group of their own, as the names of the lanes: a page keeps them in sight.</summary>
    private void AxisTimes()
    {
        Begin("g", "times");
        _xml.WriteAttributeString("data-x", "0");
        Rectangle("paper", 0, _top - 8, Left - 4, _scale.Height + 16);
        foreach (var tick in _scale.Ticks(_diagram.Origin, TickDistance))
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"{tick.TotalSeconds:0.###} s");
            Text(Left - 8, Y(_diagram.Origin + tick) + 4, "faint number", text);
        }

        foreach (var (from, to) in _scale.Breaks)
        {
            var middle = (Y(from) + Y(to)) / 2;
            Text(Left - 8, middle + 4, "faint number small", DiagramText.Seconds(to - from));
        }

        _xml.WriteEndElement();
    }

    private void LaneNames()
    {
        Begin("g", "names");
        _xml.WriteAttributeString("data-y", Number(NamesTop));
        Rectangle("paper", Left, NamesTop, Right - Left, _top - NamesTop - 8);
        foreach (var (peer, _) in _diagram.Lanes)
        {
            var (x, y) = (_lanes[peer], _top - 14);
            Begin("text", "name");
            _xml.WriteAttributeString("x", Number(x));
            _xml.WriteAttributeString("y", Number(y));
            if (_step < NarrowLane)
            {
                _xml.WriteAttributeString("transform", $"rotate(-55 {Number(x)} {Number(y)})");
            }
            else
            {
                _xml.WriteAttributeString("text-anchor", "middle");
            }

            _xml.WriteString(DiagramText.Name(peer));
            _xml.WriteEndElement();
        }

        _xml.WriteEndElement();
    }

    /// <summary>Across all lanes: here the axis leaves something out.</summary>
    private string Zigzag(double y)
    {
        var path = new StringBuilder($"M{Number(Left)} {Number(y)}");
        var up = true;
        for (var x = Left + 10; x <= Right; x += 10)
        {
            path.Append(CultureInfo.InvariantCulture, $"L{Number(x)} {Number(y + (up ? -3 : 3))}");
            up = !up;
        }

        return path.ToString();
    }

    private void Lanes()
    {
        Begin("g", "lanes");
        foreach (var (peer, arrival) in _diagram.Lanes)
        {
            var x = _lanes[peer];
            var has = arrival is null ? Bottom : Y(arrival.Time);
            Line("lane", x, _top - 6, x, has);
            if (has < Bottom)
            {
                Line("has", x, has, x, Bottom);
            }
        }

        _xml.WriteEndElement();
    }

    /// <summary>A square where it was made, a dot where somebody got it.</summary>
    private void Arrivals()
    {
        Begin("g", "arrivals");
        foreach (var (peer, arrival) in _diagram.Lanes)
        {
            if (arrival is null || arrival.Time < _diagram.Begin || arrival.Time > _diagram.End)
            {
                continue;
            }

            var (x, y) = (_lanes[peer], Y(arrival.Time));
            if (arrival.IsMaker)
            {
                Rectangle("dot", x - 5, y - 5, 10, 10, TitleOf(peer, arrival));
            }
            else
            {
                Begin("circle", "dot");
                _xml.WriteAttributeString("cx", Number(x));
                _xml.WriteAttributeString("cy", Number(y));
                _xml.WriteAttributeString("r", "4");
                Element("title", TitleOf(peer, arrival));
                _xml.WriteEndElement();
            }
        }

        _xml.WriteEndElement();
    }

    private string TitleOf(PeerId peer, Arrival arrival) =>
        $"{DiagramText.Name(peer)} {(arrival.IsMaker ? "made it" : "has it")} at "
            + DiagramText.Seconds(arrival.Time - _diagram.Origin);

    private static string Number(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);

    private void Begin(string name, string style)
    {
        _xml.WriteStartElement(name);
        _xml.WriteAttributeString("class", style);
    }

    private void Element(string name, string text)
    {
        _xml.WriteStartElement(name);
        _xml.WriteString(text);
        _xml.WriteEndElement();
    }

    private void Text(double x, double y, string style, string text)
    {
        Begin("text", style);
        _xml.WriteAttributeString("x", Number(x));
        _xml.WriteAttributeString("y", Number(y));
        _xml.WriteString(text);
        _xml.WriteEndElement();
    }

    private void Line(string? style, double x1, double y1, double x2, double y2)
    {
        _xml.WriteStartElement("line");
        if (style is not null)
        {
            _xml.WriteAttributeString("class", style);
        }

        _xml.WriteAttributeString("x1", Number(x1));
        _xml.WriteAttributeString("y1", Number(y1));
        _xml.WriteAttributeString("x2", Number(x2));
        _xml.WriteAttributeString("y2", Number(y2));
        _xml.WriteEndElement();
    }

    private void Rectangle(string style, double x, double y, double width, double height, string? title = null)
    {
        Begin("rect", style);
        _xml.WriteAttributeString("x", Number(x));
        _xml.WriteAttributeString("y", Number(y));
        _xml.WriteAttributeString("width", Number(width));
        _xml.WriteAttributeString("height", Number(height));
        if (title is not null)
        {
            Element("title", title);
        }

        _xml.WriteEndElement();
    }
}
