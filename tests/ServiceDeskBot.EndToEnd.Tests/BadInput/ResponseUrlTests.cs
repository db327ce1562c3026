using System.Text.Json.Nodes;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Channels.Slack;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.BadInput;

/// <summary>A <c>response_url</c> is input: nothing is posted to any other place than Slack's.</summary>
public sealed class ResponseUrlTests
{
    [Theory]
    [InlineData("http://127.0.0.1:1/")]
    [InlineData("http://169.254.169.254/latest/meta-data/")]
    [InlineData("https://hooks.slack.com.evil.example/actions/1")]
    [InlineData("https://hooks.slack.com@evil.example/actions/1")]
    [InlineData("https://hooks.slack.com:8443/actions/1")]
    [InlineData("http://hooks.slack.com/actions/1")]
    [InlineData("file:///etc/passwd")]
    public async Task Respond_ElsewhereThanSlack_CallsNobody(string url)
    {
        await using var slack = await SlackStub.StartAsync();
        using var api = new SlackApi(Options.Create(new SlackOptions { ApiUrl = $"{slack.Url}/api/", BotToken = "xoxb-1" }));

        var reply = await api.RespondAsync(new Uri(url), new JsonObject { ["text"] = "hello" }, TestContext.Current.CancellationToken);

        Assert.Equal("response_url is not Slack's", reply.Error);
        Assert.False(reply.IsTransient);
    }

    [Fact]
    public async Task Respond_UnderAnotherNameOfTheSameMachine_CallsNobody()
    {
        await using var slack = await SlackStub.StartAsync();
        using var api = new SlackApi(Options.Create(new SlackOptions { ApiUrl = $"{slack.Url}/api/", BotToken = "xoxb-1" }));
        var post = slack.Board.Add(SlackStub.Ts, "C1", null, null, "ada", Platforms.SeenCard.Plain("before"));
        var known = new Uri($"{slack.Url}/response/C1/{post.Id}");

        var elsewhere = await api.RespondAsync(new UriBuilder(known) { Host = "localhost" }.Uri, new JsonObject { ["delete_original"] = true }, TestContext.Current.CancellationToken);

        Assert.False(elsewhere.Ok);
        Assert.Single(slack.Board.Posts);
    }
}
