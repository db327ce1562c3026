using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>Where the desk is set to it, the query itself becomes the incident: one number from the first word to the last.</summary>
public sealed class InPlaceStory
{
    [Theory, OnEveryPlatform]
    public async Task Query_ConvertedInPlace_KeepsNumberWordsTimeAndCard(string platform)
    {
        await using var desk = await StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await wanda.SayAsync("My monitor flickers all the time.");
        var query = (await desk.TicketsAsync()).Single();

        await wanda.SayAsync("just log it");

        var incident = (await desk.TicketsAsync()).Single();
        Assert.Equal((query.Id, "incident", query.Opened, "queued"), (incident.Id, incident.Type, incident.Opened, incident.State));
        await wanda.SeesAsync($"{query.Id} · My monitor flickers all the time.");
        await ada.SeesAsync("My monitor flickers all the time.");

        await ada.PressAsync("Claim");
        await ada.PressAsync("Resolve", ("text", "New cable."));
        await wanda.PressAsync("Yes, thanks");
        Assert.Equal(("closed", "confirmed"), ((await desk.TicketsAsync()).Single().State, (await desk.TicketsAsync()).Single().Closure));
    }

    [Theory, OnEveryPlatform]
    public async Task Words_TakenBackFromAQueryConvertedInPlace_AreGone(string platform)
    {
        await using var desk = await StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await wanda.SayAsync("My monitor flickers all the time.");
        await wanda.SayAsync("just log it");

        await wanda.DeleteAsync("My monitor flickers all the time.");

        await ada.SeesAsync("Wanda took a message back");
        await ada.SeesNotAsync("flickers");
    }

    private static Task<RunningDesk> StartAsync(string platform) =>
        RunningDesk.StartAsync(platform, $"--Desk:Path={DeskFolders.With(("policies.yaml", text => DeskFolders.ReplaceOnce(text, "conversion: linked ", "conversion: in-place "))).FullName}");
}
