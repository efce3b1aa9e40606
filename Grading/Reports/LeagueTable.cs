using System.Globalization;
using System.Text;
using Blockchain.Experiments.Plots;
using Blockchain.Grading.Leagues;

namespace Blockchain.Grading.Reports;

/// <summary>Who agrees with whom, as a part of a page.</summary>
internal static class LeagueTable
{
    public static string Write(LeagueResult league)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            <h2>The league</h2>
            <p>All submissions in one network with a few peers of ours that make blocks for a minute;
            {league.Seeds} runs. A number says in how many runs two of them had the same last block
            half a minute later, and in brackets, where that was not always so, how many blocks both
            had at least.</p>
            <div class="wide"><table><thead><tr><th scope="col"></th>
            """);
        for (var i = 0; i < league.Members.Count; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"<th class=\"number\" scope=\"col\">{i + 1}</th>");
        }

        text.Append("</tr></thead><tbody>\n");
        for (var i = 0; i < league.Members.Count; i++)
        {
            var name = ReportPage.Escape(league.Members[i]);
            text.Append(CultureInfo.InvariantCulture, $"<tr><td>{i + 1} {name}</td>");
            for (var j = 0; j < league.Members.Count; j++)
            {
                text.Append(Cell(league, i, j));
            }

            text.Append("</tr>\n");
        }

        text.Append("</tbody></table></div>\n");
        foreach (var (name, why) in league.Failures.OrderBy(one => one.Key, StringComparer.Ordinal))
        {
            text.Append("<p><b>").Append(ReportPage.Escape(name)).Append("</b> failed: ")
                .Append(ReportPage.Escape(why)).Append("</p>\n");
        }

        return text.ToString();
    }

    private static string Cell(LeagueResult league, int i, int j)
    {
        if (i == j)
        {
            return "<td></td>";
        }

        var isSame = league.Same[i][j] == league.Seeds;
        var words = isSame
            ? $"{league.Seeds}"
            : $"{league.Same[i][j]} ({league.Common[i][j].ToString(CultureInfo.InvariantCulture)})";
        return $"<td class=\"number {(isSame ? "held" : "broken")}\">{words}</td>";
    }
}
