using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ServiceDeskBot.Browser.Tests;

/// <summary>The warehouse story, clicked through the real program by three people.</summary>
public sealed class WarehouseStoryTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Words = "the wifi in the warehouse keeps dropping, forklift drivers can't get their picks, truck leaves at 4 today";

    [Fact]
    public async Task Story_ClickedThrough_EndsInTheDigest()
    {
        await using var desk = await RunningDesk.StartAsync();
        await using var window = await chromium.OpenAsync(desk.Address);
        await ReportAsync(window);

        await Window.Button(window.Team, "Claim").ClickAsync();
        await Expect(Window.Post(window.Team, "Owner")).ToContainTextAsync("Ada");
        await Expect(window.Chat.Locator(".card").Filter(new() { HasText = "INC-" }).First).ToContainTextAsync("Ada");

        await ResolveAsync(window, "access point replaced");
        await Expect(window.Chat).ToContainTextAsync("access point replaced");

        await Window.Button(window.Chat, "Yes, thanks").ClickAsync();
        await AnswerSurveyAsync(window, "Quick and kind. Thank you!");

        await Window.SayAsync(window.Manager, "digest");
        var digest = Window.Post(window.Manager, "Quick and kind. Thank you!");
        await Expect(digest).ToBeVisibleAsync();
        await Expect(digest).ToContainTextAsync("Network");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Story_SeenInAnotherTab_IsLiveAndSurvivesAReload()
    {
        await using var desk = await RunningDesk.StartAsync();
        await using var window = await chromium.OpenAsync(desk.Address);
        await using var other = await chromium.OpenAsync($"{desk.Address}/#agent=grace&channel=network");
        await ReportAsync(window);
        await Expect(Window.Button(other.Team, "Claim")).ToBeVisibleAsync();

        await Window.Button(window.Team, "Claim").ClickAsync();
        await Expect(Window.Post(other.Team, "Owner")).ToContainTextAsync("Ada");

        await window.Page.ReloadAsync();
        await Expect(window.Chat.Locator(".post.own")).ToContainTextAsync(Words);
        await Expect(Window.Post(window.Team, "Owner")).ToContainTextAsync("Ada");
        Assert.Empty(window.Complaints);
        Assert.Empty(other.Complaints);
    }

    private static async Task ReportAsync(Window window)
    {
        await Window.SayAsync(window.Chat, Words);
        await Expect(window.Chat.Locator(".post.own")).ToContainTextAsync(Words);
        await Window.Button(window.Chat, "That's right").ClickAsync();
        await Expect(Window.Post(window.Chat, "INC-")).ToBeVisibleAsync();
        await window.GoToChannelAsync("network");
        await Expect(Window.Post(window.Team, "priority 2")).ToContainTextAsync(Words);
    }

    private static async Task ResolveAsync(Window window, string words)
    {
        await Window.Button(window.Team, "Resolve").First.ClickAsync();
        await window.Words.FillAsync(words);
        await Window.Button(window.Dialog, "Resolve").ClickAsync();
        await Expect(window.Dialog).ToBeHiddenAsync();
    }

    private static async Task AnswerSurveyAsync(Window window, string comment)
    {
        await Window.Button(Window.Post(window.Chat, "did it work?"), "Yes").ClickAsync();
        await Window.Button(Window.Post(window.Chat, "How was it for you?"), "😀 Very good").ClickAsync();
        await Window.Button(Window.Post(window.Chat, "Did you get what you needed?"), "Yes").ClickAsync();
        var last = Window.Post(window.Chat, "Anything you would like to add?");
        await last.GetByRole(AriaRole.Textbox).FillAsync(comment);
        await Window.Button(last, "Send with my name").ClickAsync();
        await Expect(Window.Post(window.Chat, "Thank you!")).ToBeVisibleAsync();
    }
}
