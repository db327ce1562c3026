using System.Net;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackFixtureTests : IAsyncLifetime
{
    private SlackDesk _desk = null!;

    public async ValueTask InitializeAsync() => _desk = await SlackDesk.StartAsync();

    public async ValueTask DisposeAsync() => await _desk.DisposeAsync();

    [Theory]
    [InlineData("event-*.json", 8)]
    [InlineData("inner-*.json", 6)]
    [InlineData("interactive-*.json", 1)]
    [InlineData("slash-*.txt", 2)]
    public async Task Endpoints_RecordedPayloads_AllAcknowledged(string pattern, int turns)
    {
        foreach (var file in SlackFixtures.Matching(pattern))
        {
            using var response = await DeliverAsync(file);
            Assert.True(response.StatusCode == HttpStatusCode.OK, $"{file}: {response.StatusCode}");
        }

        Assert.True(turns == _desk.Turns.Accepted.Count, string.Join('\n', _desk.Turns.Accepted.Select(turn => $"{turn.Key} {turn.Input}")));
    }

    private Task<HttpResponseMessage> DeliverAsync(string file)
    {
        var text = SlackFixtures.Text(file);
        return file.Split('-')[0] switch
        {
            "event" => _desk.PostAsync("events", text, SlackDesk.Json),
            "inner" => _desk.EventAsync(text, file),
            "interactive" => _desk.InteractAsync(text),
            _ => _desk.PostAsync("commands", text.Trim(), SlackDesk.Form),
        };
    }
}
