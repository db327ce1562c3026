using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>A long article is one step at a time, each with "done" and "did not work".</summary>
public sealed class LongArticleStory
{
    private const string Words = "Nothing comes out of the printer, the print job is stuck in the queue";

    [Theory, OnEveryPlatform]
    public async Task LongArticle_WalkedToTheEnd_Solves(string platform)
    {
        await using var desk = await StartAsync(platform);
        var wanda = desk.Person("wanda");
        await wanda.SayAsync(Words);
        await wanda.SeesAsync("Step 1 of 7: Look at the printer's display");
        await wanda.SeesNotAsync("Cancel all jobs there");

        await wanda.PressAsync("Done, next step");
        await wanda.SeesAsync("Step 2 of 7: On your computer open Settings");
        await wanda.SayAsync("done, next step");
        await wanda.SeesAsync("Step 3 of 7: Cancel all jobs there.");
        foreach (var n in new[] { 4, 5, 6, 7 })
        {
            await wanda.PressAsync("Done, next step");
            await wanda.SeesAsync($"Step {n} of 7");
        }

        await wanda.PressAsync("Solved it");

        await wanda.SeesAsync("Great that it works!");
    }

    [Theory, OnEveryPlatform]
    public async Task LongArticle_StepThatDidNotWork_ReachesTheTeam(string platform)
    {
        await using var desk = await StartAsync(platform);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await wanda.SayAsync(Words);
        await wanda.PressAsync("Done, next step");

        await wanda.PressAsync("Did not work");
        await wanda.SayAsync("just log it");

        await ada.SeesAsync("Print jobs are stuck in the queue (up to step 2)");
    }

    private static Task<RunningDesk> StartAsync(string platform)
    {
        var folder = DeskFolders.With(("knowledge/printer-queue-stuck.md", text => text.TrimEnd() + "\n6. Print the same page once more.\n7. Look whether both pages are there.\n"));
        return RunningDesk.StartAsync(platform, $"--Desk:Path={folder.FullName}");
    }
}
