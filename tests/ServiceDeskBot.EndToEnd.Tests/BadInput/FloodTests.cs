using System.Net;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.BadInput;

/// <summary>One account sends without end: it is held off for a while, and everybody else is served.</summary>
public sealed class FloodTests
{
    private const string FewAtOnce = "--Limits:PersonBurst=5";

    [Fact]
    public async Task Teams_OnePersonFloods_Gets429AndOthersAreServed()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams, FewAtOnce);
        await FloodAsync(desk, () => teams.RequestOf(Hello(teams)));
    }

    [Fact]
    public async Task Slack_OnePersonFloods_Gets429AndOthersAreServed()
    {
        var slack = new SlackPlatform();
        await using var desk = await RunningDesk.StartAsync(slack, FewAtOnce);
        await FloodAsync(desk, () => slack.Signed("/slack/commands", $"command=%2Fdesk&text=help&team_id={SlackPlatform.Team}&user_id=UWANDA&user_name=wanda&channel_id=DWANDA&trigger_id={Guid.NewGuid()}", "application/x-www-form-urlencoded"));
    }

    [Fact]
    public async Task Teams_TheSameDeliveryAgainAndAgain_IsNoFlood()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams, "--Limits:PersonBurst=40");
        using var http = new HttpClient { BaseAddress = desk.Address };
        var hello = Hello(teams);

        var answers = await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => StatusAsync(http, teams.RequestOf(hello))));

        Assert.All(answers, status => Assert.Equal(HttpStatusCode.OK, status));
    }

    private static async Task FloodAsync(RunningDesk desk, Func<HttpRequestMessage> next)
    {
        using var http = new HttpClient { BaseAddress = desk.Address };
        for (var n = 0; n < 5; n++)
        {
            Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, next()));
        }

        using (var request = next())
        using (var tooMany = await http.SendAsync(request, TestContext.Current.CancellationToken))
        {
            Assert.Equal(HttpStatusCode.TooManyRequests, tooMany.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(1), tooMany.Headers.RetryAfter!.Delta);
        }

        await desk.Person("tom").SayAsync("my tickets");
        await desk.Person("tom").SeesAsync("You have nothing open");
        Assert.Single(desk.Log, line => line.Text.Contains("held off", StringComparison.Ordinal));
        await desk.PassAsync(TimeSpan.FromSeconds(2));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, next()));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, next()));
        Assert.Equal(HttpStatusCode.TooManyRequests, await StatusAsync(http, next()));
    }

    private static string Hello(TeamsPlatform teams)
    {
        var activity = teams.Activity("wanda", "message", teams.NewId(), teams.ChatOf("wanda"), null);
        activity["text"] = "help";
        return activity.ToJsonString();
    }

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, HttpRequestMessage request)
    {
        using (request)
        {
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            return response.StatusCode;
        }
    }
}
