using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>The owner of the desk edits its files while people work: what can be used is in use soon after, what cannot is said and changes nothing.</summary>
public sealed class ContentStory
{
    private const string Item = """

        label-printer:
          name: Label printer
          description: A small printer for stickers on shelves and boxes.
          service: laptops
          category: hardware
          team: workplace
          promise: 20 hours
          phase: operate
          fields:
            - id: place
              label: For which shelf?
              kind: text
              required: true
        """;

    private const string Agent = """

        zoe:
          name: Zoe
          email: zoe@example.com
          roles: [agent]
          department: IT
          site: Hamburg
          accounts: { local: zoe }
        """;

    [Theory, OnEveryPlatform]
    public async Task Files_ChangedWhileTheDeskRuns_AreTakenUp(string platform)
    {
        var folder = DeskFolders.With();
        await using var desk = await RunningDesk.StartAsync(platform, $"--Desk:Path={folder.FullName}");
        var (wanda, zoe) = (desk.Person("wanda"), desk.Person("zoe"));
        await desk.Person("ada").BindAsync("network");
        await wanda.SayAsync("catalogue label printer");
        await wanda.SeesNotAsync("stickers on shelves");

        DeskFolders.Change(folder, "catalogue.yaml", text => text + Item);
        DeskFolders.Change(folder, "people.yaml", text => text + Agent);
        DeskFolders.Change(folder, "teams.yaml", text => DeskFolders.ReplaceOnce(text, "name: Network\n  lead: ada\n  members: [ada, grace, linus]", "name: Network\n  lead: ada\n  members: [ada, grace, linus, zoe]"));
        await LookedAsync(desk, content => content.Item("label-printer") is not null && content.Team("network")!.Members.Contains("zoe"));

        await wanda.SayAsync("catalogue label printer");
        await wanda.SeesAsync("stickers on shelves");
        await wanda.PressAsync("Order Label printer", ("place", "Hall 3"));
        Assert.Equal("label-printer", (await desk.OnlyAsync("request")).Item);

        await wanda.SayAsync("the wifi in the warehouse keeps dropping");
        await wanda.PressAsync("That's right");
        zoe.Join("network");
        await zoe.PressAsync("Claim");
        Assert.Equal("zoe", (await desk.OnlyAsync("incident")).Owner);
    }

    [Theory, OnEveryPlatform]
    public async Task Files_WithAFault_ChangeNothingAndTheOperatorHears(string platform)
    {
        var folder = DeskFolders.With();
        await using var desk = await RunningDesk.StartAsync(platform, $"--Desk:Path={folder.FullName}");
        var (wanda, omar) = (desk.Person("wanda"), desk.Person("omar"));
        await omar.SayAsync("help");

        DeskFolders.Change(folder, "catalogue.yaml", text => text + Item.Replace("team: workplace", "team: workshop", StringComparison.Ordinal));
        await LookedAsync(desk, content => content.Problem is not null);
        Assert.Contains(desk.Log, line => line.Text.Contains("workshop", StringComparison.Ordinal) && line.Text.Contains("goes on with the content before", StringComparison.Ordinal));
        await wanda.SayAsync("catalogue laptop");
        await wanda.SeesAsync("A laptop with docking station");
        await desk.PassAsync(TimeSpan.FromMinutes(15));
        await omar.SeesAsync("cannot be used like this");

        DeskFolders.Change(folder, "catalogue.yaml", text => text.Replace("team: workshop", "team: workplace", StringComparison.Ordinal));
        await LookedAsync(desk, content => content is { Problem: null } && content.Item("label-printer") is not null);

        // An item that is gone is not offered any more, however well the words fit.
        DeskFolders.Change(folder, "catalogue.yaml", text => DeskFolders.ReplaceOnce(text, Item, ""));
        await LookedAsync(desk, content => content.Item("label-printer") is null);
        await wanda.SayAsync("I need a label printer for stickers on shelves and boxes");
        await wanda.SeesNotAsync("Order Label printer");
    }

    private static Task LookedAsync(RunningDesk desk, Func<DeskContent, bool> found) => Eventually.HoldsAsync(
        async () =>
        {
            await desk.PassAsync(TimeSpan.FromSeconds(30));
            return found(desk.Brain.Desk);
        },
        () => "The desk does not take up its changed files.");
}
