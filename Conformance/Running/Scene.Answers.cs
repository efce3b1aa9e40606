namespace Blockchain.Conformance.Running;

/// <summary>What the players answer by themselves.</summary>
internal sealed partial class Scene
{
    private static readonly TimeSpan HelloPause = TimeSpan.FromSeconds(1.5);

    private async Task AnswerAsync(Heard heard)
    {
        var player = heard.To;
        if (player.IsSilent || player.Role == Role.Stranger || player.Ignores.Contains(heard.Type))
        {
            return;
        }

        switch (heard.Type)
        {
            case "HELLO" when !_greeted.TryGetValue(player, out var at) || heard.At - at > HelloPause:
                await HelloAsync(player);
                break;
            case "PING":
                await AddAsync(player, Make.Pong(player.Id, heard.Json["timestamp"]!.ToJsonString()));
                break;
            case "GET_PEERS":
                var entries = Lines.List([Lines.Entry(player.Info)]);
                await AddAsync(player, Make.Message("PEERS", player.Id, ("peers", entries)));
                break;
            case "GETBLOCK":
                foreach (var id in heard.BlockIds)
                {
                    if (player.Blocks.TryGetValue(id, out var block))
                    {
                        await AddAsync(player, block.Text);
                    }
                }

                break;
            case "GET_BLOCK_HEADERS":
                await AddAsync(player, Make.Headers(player.Id, HeadersAfter(player, heard.Locator)));
                break;
            case "INV" when player.Fetches:
                var lacking = heard.BlockIds.Where(id => !_heard.Exists(one => one.IsBlock(id))).ToList();
                if (lacking.Count > 0)
                {
                    await AddAsync(player, Make.GetBlock(player.Id, lacking));
                }

                break;
        }
    }

    private static IEnumerable<string> HeadersAfter(Neighbour player, IReadOnlyList<string> locator)
    {
        var ids = player.Chain.Select(block => block.Id).ToList();
        var known = locator.Select(id => ids.IndexOf(id)).FirstOrDefault(at => at >= 0, -1);
        return player.Chain.Skip(known + 1).Select(block => block.Header);
    }
}
