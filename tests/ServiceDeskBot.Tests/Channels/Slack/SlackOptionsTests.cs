using System.Net;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Channels.Slack;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Slack;

public sealed class SlackOptionsTests
{
    [Fact]
    public void Options_NothingSet_DefaultsAsPromised() => Assert.Equivalent(
        new { SigningSecret = "", BotToken = "", AppToken = "", ClientId = "", ClientSecret = "", ApiUrl = "https://slack.com/api/" },
        new SlackOptions(),
        strict: true);

    [Theory]
    [InlineData("Slack:SigningSekret", "x", "Slack:SigningSekret is not a setting; known are SigningSecret, BotToken, AppToken, ClientId, ClientSecret, ApiUrl.")]
    [InlineData("Slack:AppToken", "xapp-1", "Slack:AppToken is set, but this version has no Socket Mode; leave it empty and point the app's request URLs at this desk.")]
    [InlineData("Slack:ClientId", "1.2", "Slack:ClientId or Slack:ClientSecret is set, but this version serves one workspace; leave both empty and set Slack:BotToken.")]
    [InlineData("Slack:ClientSecret", "x", "Slack:ClientId or Slack:ClientSecret is set, but this version serves one workspace; leave both empty and set Slack:BotToken.")]
    [InlineData("Slack:ApiUrl", "slack", "Slack:ApiUrl is 'slack'; it must be an absolute https address such as https://slack.com/api/.")]
    [InlineData("Slack:ApiUrl", "ftp://slack.com/", "Slack:ApiUrl is 'ftp://slack.com/'; it must be an absolute https address such as https://slack.com/api/.")]
    [InlineData("Slack:ApiUrl", "http://stub:8080/api", "Slack:ApiUrl is 'http://stub:8080/api'; plain http is allowed only on loopback or in Development, since the bot token travels there.")]
    public async Task Start_SettingWrong_RefusedInOneSentence(string key, string value, string sentence)
    {
        var failure = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync("Production", (key, value)));

        Assert.Equal([sentence], failure.Failures);
    }

    [Theory]
    [InlineData("Production", "http://127.0.0.1:9/api")]
    [InlineData("Development", "http://stub:8080/api")]
    public Task Start_PlainHttpWhereAllowed_Starts(string environment, string url) => StartAsync(environment, ("Slack:ApiUrl", url));

    [Theory]
    [InlineData("events")]
    [InlineData("interactivity")]
    [InlineData("commands")]
    public async Task Endpoints_NoSigningSecret_NotFound(string endpoint)
    {
        await using var desk = await SlackDesk.StartAsync(("Slack:SigningSecret", ""));

        await desk.PostAsync(endpoint, "{}", SlackDesk.Json).IsAsync(HttpStatusCode.NotFound);
    }

    private static async Task StartAsync(string environment, params (string Key, string? Value)[] settings)
    {
        var builder = SlackDesk.Builder(settings, environment);
        builder.AddSlackChannel();
        await using var app = builder.Build();
        app.MapSlackChannel();
        await app.StartAsync();
    }
}
