using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.EndToEnd.Tests.Stories;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Deliveries;

/// <summary>A machine without a free processor stands still for seconds in the middle of reading a message.</summary>
public sealed class HeldUpTests
{
    [Theory, OnEveryPlatform]
    public async Task SayAsync_ReadingHeldUpTwice_IsDecidedAllTheSame(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        ((WaveringModel)desk.Model).Stalls = 2;

        await desk.Person("wanda").SayAsync(WarehouseStory.Words);

        Assert.Equal("network", (await desk.OnlyAsync("query")).Category);
    }

    [Theory, OnEveryPlatform]
    public async Task SayAsync_ReadingHeldUpAgainAndAgain_IsRecordedAndThePersonTold(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        desk.ExpectError("failed and was recorded");
        ((WaveringModel)desk.Model).Stalls = 100;

        await desk.Person("wanda").SayAsync(WarehouseStory.Words);

        await desk.Person("wanda").SeesAsync("Something went wrong on my side");
        Assert.Empty(await desk.TicketsAsync());
    }
}
