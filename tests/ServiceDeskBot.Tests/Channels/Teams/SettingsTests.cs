using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Channels.Teams;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>Settings are wrong at start or not at all.</summary>
public sealed class SettingsTests
{
    private static readonly (string, string)[] Registration = [("Teams:AppId", TeamsHost.AppId), ("Teams:AppPassword", "secret"), ("Teams:TenantId", TeamsHost.Tenant)];

    [Fact]
    public void Options_Default_AreThePublicBotFramework()
    {
        var options = new TeamsOptions();

        Assert.False(options.IsRegistered);
        Assert.Equal("https://login.botframework.com/v1/.well-known/openidconfiguration", options.OpenIdMetadataUrl);
        Assert.Equal(["https://api.botframework.com"], options.AcceptedIssuers);
        Assert.Equal("https://login.microsoftonline.com/", options.Authority);
        Assert.Equal("https://api.botframework.com/.default", options.ConnectorScope);
        Assert.Empty(options.ServedTenants);
    }

    [Fact]
    public void ConnectorScope_GovernmentCloud_FollowsTheIssuer() =>
        Assert.Equal("https://api.botframework.us/.default", new TeamsOptions { Issuers = ["https://api.botframework.us"] }.ConnectorScope);

    [Theory]
    [InlineData("Teams:AppIdd", "x", "Teams:AppIdd is not a setting")]
    [InlineData("Teams:AppPassword", "", "Teams:AppPassword is empty")]
    [InlineData("Teams:TenantId", "", "Teams:TenantId is empty")]
    [InlineData("Teams:Authority", "login.example.com", "Teams:Authority is 'login.example.com'")]
    [InlineData("Teams:Authority", "http://login.example.com", "Teams:Authority is 'http://login.example.com'")]
    [InlineData("Teams:OpenIdMetadataUrl", "http://evil.example/keys", "Teams:OpenIdMetadataUrl is 'http://evil.example/keys'")]
    [InlineData("Teams:TrustedServiceUrls:0", "http://connector.example", "Teams:TrustedServiceUrls is 'http://connector.example'")]
    public async Task Start_WrongSetting_IsRefusedByName(string key, string value, string message)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => TeamsHost.StartAsync("Production", [.. Registration.Where(setting => setting.Item1 != key), (key, value)]));

        Assert.Contains(message, refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://[::]:0")]
    [InlineData("http://*:0")]
    public async Task Start_UnsignedWhereOthersReachIt_IsRefused(string url)
    {
        var refused = await Assert.ThrowsAsync<OptionsValidationException>(() => TeamsHost.StartAsync("Development", [("urls", url)]));

        Assert.Contains("Teams:AppId is empty", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Production")]
    [InlineData("Development")]
    public async Task Start_RegisteredOnAllAddresses_Starts(string environment)
    {
        await using var host = await TeamsHost.StartAsync(environment, [("urls", "http://0.0.0.0:0"), .. Registration]);

        Assert.True(host.Services.GetRequiredService<IOptions<TeamsOptions>>().Value.IsRegistered);
    }

    [Fact]
    public async Task Start_ListAsOneValue_IsSplitAtCommas()
    {
        await using var host = await TeamsHost.StartAsync("Production", [.. Registration, ("Teams:AllowedTenants", "one, two")]);

        Assert.Equal(["one", "two"], host.Services.GetRequiredService<IOptions<TeamsOptions>>().Value.ServedTenants);
    }
}
