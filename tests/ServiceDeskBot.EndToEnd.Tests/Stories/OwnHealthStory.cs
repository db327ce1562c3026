using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>Something is wrong with the desk itself: its operators hear of it in their channel, once.</summary>
public sealed class OwnHealthStory
{
    private const string Trouble = "The desk itself needs a look";

    [Fact]
    public async Task DeadLetter_OperatorsHaveAChannel_IsRaisedThereOnceADay()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        var omar = desk.Person("omar");
        await omar.SayInAsync("operators", "bind operators");
        await omar.SeesAsync("what goes wrong with the desk itself");
        omar.Join("operators");

        await desk.PassAsync(TimeSpan.FromMinutes(15));
        await omar.SeesNotAsync(Trouble);

        teams.Connector.FailNext(new ConnectorFault(403));
        await desk.Person("wanda").SayAsync("my tickets");
        await desk.PassAsync(TimeSpan.FromMinutes(15));
        await omar.SeesAsync("could not be delivered within the last week: 1.");
        await desk.PassAsync(TimeSpan.FromHours(2));
        Assert.Equal(2, (await omar.SeenAsync()).Split(Trouble).Length);
        await desk.PassAsync(TimeSpan.FromDays(1));
        Assert.Equal(3, (await omar.SeenAsync()).Split(Trouble).Length);
    }

    [Fact]
    public async Task DeadLetter_NoChannelBound_IsToldToEachOperator()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        await desk.Person("omar").SayAsync("help");
        teams.Connector.FailNext(new ConnectorFault(403));
        await desk.Person("wanda").SayAsync("my tickets");

        await desk.PassAsync(TimeSpan.FromMinutes(15));

        await desk.Person("omar").SeesAsync(Trouble);
        await desk.Person("wanda").SeesNotAsync(Trouble);
    }

    [Fact]
    public async Task PlatformAway_ForALongTime_IsRaised()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        await desk.Person("omar").SayAsync("help");
        teams.Connector.FailNext([.. Enumerable.Repeat(new ConnectorFault(503), 16)]);
        await desk.Person("wanda").SayAsync("my tickets");

        for (var minutes = 0; minutes < 120; minutes += 5)
        {
            await desk.PassAsync(TimeSpan.FromMinutes(5));
        }

        await desk.Person("omar").SeesAsync("Messages that a platform has not taken for some ten minutes: 1.");
        await desk.Person("wanda").SeesAsync("You have nothing open");
    }

    [Theory]
    [InlineData("teams")]
    [InlineData("slack")]
    public async Task Bind_ByAnAgent_IsRefused(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var ada = desk.Person("ada");

        await ada.SayInAsync("workplace", "bind operators");

        await ada.SeesAsync("Only an operator can do this.");
    }
}
