using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>A coming item goes into operation: the desk knows first, then those who asked hear what it means for them.</summary>
public sealed class AnnouncementStory
{
    [Theory, OnEveryPlatform]
    public async Task Item_ThatSomebodyWaitsForGoesLive_IsToldWithWhatItMeans(string platform)
    {
        var folder = DeskFolders.With();
        await using var desk = await RunningDesk.StartAsync(platform, $"--Desk:Path={folder.FullName}");
        var tom = desk.Person("tom");
        await tom.SayAsync("catalogue fair");
        await tom.SeesAsync("Trade fair kit is coming and cannot be ordered yet.");
        await tom.PressAsync("Tell me when Trade fair kit is there");
        await tom.SeesAsync("I tell you here as soon as Trade fair kit can be ordered.");
        await desk.PassAsync(TimeSpan.FromHours(2));
        await tom.SeesNotAsync("can be ordered now");

        await desk.RestartAsync(() =>
        {
            DeskFolders.Change(folder, "catalogue.yaml", text => DeskFolders.ReplaceOnce(text, "phase: transition", "phase: operate"));
            return Task.CompletedTask;
        });
        await desk.PassAsync(TimeSpan.FromHours(1));

        await tom.SeesAsync("Trade fair kit can be ordered now.");
        await tom.SeesAsync("nobody has to collect screens and cables for a fair any more");
        await tom.PressAsync("Order Trade fair kit", ("from", "2026-12-10"), ("days", "3"));
        Assert.Equal("fair-kit", (await desk.OnlyAsync("request")).Item);
    }
}
