using ServiceDeskBot.Core.Conversations;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Teams;

/// <summary>Whose address is taken from Teams, and whose is not.</summary>
public sealed class RosterTests : IAsyncLifetime
{
    private TeamsHost _host = null!;

    public async ValueTask InitializeAsync()
    {
        _host = await TeamsHost.RegisteredAsync();
        _host.Desk.KnowsEverybody = false;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Theory]
    [InlineData("""{"id":"29:1mara","email":"mara@example.com","userPrincipalName":"m@example.com","tenantId":"{own}","userRole":"user"}""", "mara@example.com")]
    [InlineData("""{"id":"29:1mara","email":"","userPrincipalName":"m@example.com","tenantId":"{own}","userRole":"user"}""", "m@example.com")]
    [InlineData("""{"id":"29:1mara","email":"mara@example.com","tenantId":"{own}"}""", "mara@example.com")]
    [InlineData("""{"id":"29:1mara","email":"mara@example.com","tenantId":"{own}","userRole":"guest"}""", null)]
    [InlineData("""{"id":"29:1mara","email":"mara@example.com","tenantId":"{own}","userRole":"Anonymous"}""", null)]
    [InlineData("""{"id":"29:1mara","email":"mara@example.com","tenantId":"99999999-2222-3333-4444-555555555555","userRole":"user"}""", null)]
    [InlineData("""{"id":"29:1mara","email":"mara@example.com","userRole":"user"}""", null)]
    [InlineData("""{"id":"29:1mara","tenantId":"{own}","userRole":"user"}""", null)]
    [InlineData("""{"email":"mara@example.com"}""", null)]
    [InlineData("""[]""", null)]
    [InlineData("""<html>""", null)]
    public async Task Post_UnknownPerson_TakesTheVouchedAddress(string member, string? expected)
    {
        _host.Microsoft.Connector = _ => new Reply(200, member.Replace("{own}", TeamsHost.Tenant, StringComparison.Ordinal));

        Assert.Equal(expected, (await SenderAsync()).Email);
        Assert.Equal("v3/conversations/a%3A1mara/members/29%3A1mara", Assert.Single(_host.Microsoft.Calls).Path);
    }

    [Fact]
    public async Task Post_KnownPerson_IsNotAskedFor()
    {
        _host.Desk.KnowsEverybody = true;

        await SenderAsync();

        Assert.Empty(_host.Microsoft.Calls);
    }

    [Fact]
    public async Task Post_RosterRefuses_GoesOnWithoutAddress()
    {
        _host.Microsoft.Connector = _ => new Reply(403);

        Assert.Equal(new Sender("29:1mara", "Mara Lind", null, "en-GB", "Europe/London"), await SenderAsync());
    }

    [Fact]
    public async Task Post_RosterIsSlow_GoesOnAfterTwoSeconds()
    {
        using var released = new ManualResetEventSlim();
        _host.Microsoft.Connector = _ =>
        {
            released.Wait();
            return new Reply(200);
        };

        var posted = _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer());
        while (_host.Microsoft.Calls.IsEmpty)
        {
            await Task.Yield();
        }

        _host.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(System.Net.HttpStatusCode.OK, await posted);
        released.Set();
        Assert.Null(_host.Desk.Single().From.Email);
    }

    [Fact]
    public async Task Post_WebChat_IsNotAskedFor()
    {
        var activity = _host.Message();
        activity["channelId"] = "webchat";

        await _host.StatusAsync(activity, _host.Microsoft.Bearer());

        Assert.Null(_host.Desk.Single().From.Email);
        Assert.Empty(_host.Microsoft.Calls);
    }

    private async Task<Sender> SenderAsync()
    {
        Assert.Equal(System.Net.HttpStatusCode.OK, await _host.StatusAsync(_host.Message(), _host.Microsoft.Bearer()));
        return _host.Desk.Single().From;
    }
}
