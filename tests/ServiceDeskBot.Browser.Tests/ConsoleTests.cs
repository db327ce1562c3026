using Microsoft.Playwright;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace ServiceDeskBot.Browser.Tests;

/// <summary>What the console itself must do, whatever the desk says.</summary>
public sealed class ConsoleTests(Chromium chromium) : IClassFixture<Chromium>
{
    private const string Words = "the wifi in the warehouse keeps dropping, forklift drivers can't get their picks, truck leaves at 4 today";

    [Fact]
    public async Task Console_ByKeyboardOnly_ReportsClaimsAndResolves()
    {
        await using var desk = await RunningDesk.StartAsync();
        await using var window = await chromium.OpenAsync(desk.Address);
        var keys = window.Page.Keyboard;

        await keys.TypeAsync(Words);
        await keys.PressAsync("Enter");
        await Window.Button(window.Chat, "That's right").WaitForAsync();
        await TabToAsync(window.Page, "That's right", backwards: true);
        await keys.PressAsync("Enter");
        await Expect(Window.Post(window.Chat, "INC-")).ToBeVisibleAsync();

        await keys.PressAsync("F6");
        await keys.PressAsync("Alt+ArrowDown");
        await Expect(window.Page.Locator(".rail [aria-current]")).ToHaveTextAsync("#network");
        await Window.Button(window.Team, "Claim").WaitForAsync();
        await TabToAsync(window.Page, "Claim", backwards: true);
        await keys.PressAsync("Space");
        await Expect(Window.Post(window.Team, "Owner")).ToContainTextAsync("Ada");

        await keys.PressAsync("F6");
        await keys.PressAsync("Shift+F6");
        await OpenByKeyboardAsync(window, "Resolve");
        await Expect(window.Words).ToBeFocusedAsync();
        await keys.TypeAsync("access point replaced");
        await keys.PressAsync("Control+Enter");

        await Expect(window.Dialog).ToBeHiddenAsync();
        await Expect(Window.Button(window.Chat, "Yes, thanks")).ToBeVisibleAsync();
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Console_OnAPhone_ShowsOneSideAtATimeWithoutSidewaysScrolling()
    {
        await using var desk = await RunningDesk.StartAsync();
        await using var window = await chromium.OpenAsync(desk.Address, 390, 844, touch: true);
        await Expect(window.Chat).ToBeVisibleAsync();
        await Expect(window.Team).ToBeHiddenAsync();

        await Window.SayAsync(window.Chat, Words);
        await Window.Button(window.Chat, "That's right").TapAsync();
        await Expect(Window.Post(window.Chat, "INC-")).ToBeVisibleAsync();
        await AssertNoSidewaysScrollingAsync(window);

        await window.Page.Locator(".tabs [data-pane=team]").TapAsync();
        await Expect(window.Chat).ToBeHiddenAsync();
        await window.GoToChannelAsync("network");
        await Window.Button(window.Team, "Claim").TapAsync();
        await Expect(Window.Post(window.Team, "Owner")).ToContainTextAsync("Ada");
        await AssertNoSidewaysScrollingAsync(window);

        await window.Page.Locator(".tabs [data-pane=manager]").TapAsync();
        await Expect(window.Manager).ToBeVisibleAsync();
        await AssertNoSidewaysScrollingAsync(window);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Form_SentWithoutWords_SaysSoAtTheFieldAndStaysOpen()
    {
        await using var desk = await RunningDesk.StartAsync();
        await using var window = await chromium.OpenAsync(desk.Address);
        await ReportAsync(window);
        await Window.Button(window.Team, "Claim").ClickAsync();
        await Window.Button(window.Team, "Resolve").First.ClickAsync();

        await Window.Button(window.Dialog, "Resolve").ClickAsync();

        await Expect(window.Dialog.Locator(".field-error")).ToBeVisibleAsync();
        await Expect(window.Words).ToBeFocusedAsync();
        await window.Page.Keyboard.PressAsync("Escape");
        await Expect(window.Dialog).ToBeHiddenAsync();
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Card_EveryButtonOfAnOwner_AnswersWithoutAFault()
    {
        await using var desk = await RunningDesk.StartAsync();
        await using var window = await chromium.OpenAsync(desk.Address);
        await ReportAsync(window);
        await Window.Button(window.Team, "Claim").ClickAsync();
        var card = Window.Post(window.Team, "Owner");
        await Expect(card).ToContainTextAsync("Ada");

        foreach (var title in new[] { "Reply to user", "Note", "Assign to", "Not ours", "Change type or priority", "Merge", "Why?" })
        {
            var button = Window.Button(card, title);
            if (!await button.IsVisibleAsync())
            {
                await card.Locator(".more summary").ClickAsync();
            }

            await button.ClickAsync();
            await window.Dialog.Or(window.Team.Locator(".whisper")).First.WaitForAsync();
            await window.Page.Keyboard.PressAsync("Escape");
            await Expect(window.Dialog).ToBeHiddenAsync();
        }

        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Button_ClickedManyTimes_IsSentOnce()
    {
        await using var desk = await RunningDesk.StartAsync();
        await using var window = await chromium.OpenAsync(desk.Address);
        await ReportAsync(window);
        var presses = 0;
        window.Page.Request += (_, request) => presses += request.Url.EndsWith("/local/pressed", StringComparison.Ordinal) ? 1 : 0;

        await Window.Button(window.Team, "Claim").EvaluateAsync("button => { for (let i = 0; i < 20; i += 1) button.click(); }");

        await Expect(Window.Post(window.Team, "Owner")).ToContainTextAsync("Ada");
        Assert.Equal(1, presses);
    }

    [Fact]
    public async Task Message_WhileTheHostDoesNotAnswer_IsKeptAndDeliveredOnceLater()
    {
        await using var desk = await RunningDesk.StartAsync();
        await using var window = await chromium.OpenAsync(desk.Address);
        var isDown = true;
        await window.Page.RouteAsync("**/local/said", route => isDown ? route.AbortAsync() : route.ContinueAsync());

        await Window.SayAsync(window.Chat, Words);
        await Expect(window.Chat.Locator(".post.own")).ToContainTextAsync(Words);
        await Expect(window.Chat.Locator(".post.failed")).ToBeVisibleAsync();
        isDown = false;
        await Window.Button(window.Chat, "Send again").ClickAsync();

        await Expect(Window.Button(window.Chat, "That's right")).ToBeVisibleAsync();
        await Expect(window.Chat.Locator(".post.own")).ToHaveCountAsync(1);
        await Expect(window.Chat.Locator(".post.failed")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task Message_OfOnesOwn_CanBeChangedAndTakenBack()
    {
        await using var desk = await RunningDesk.StartAsync();
        await using var window = await chromium.OpenAsync($"{desk.Address}/#channel=workplace");
        await Window.SayAsync(window.Team, "teh printer on floor 2 <b>again</b>");
        var post = window.Team.Locator(".post.own");
        await Expect(post.Locator(".text")).ToHaveTextAsync("teh printer on floor 2 <b>again</b>");

        // Words are shown before the host has them; only what it has can be changed.
        await Expect(post.Locator(".post-menu")).ToHaveCountAsync(1);
        await window.Team.Locator(".talk > .composer textarea").PressAsync("ArrowUp");
        await window.Team.Locator(".talk > .composer textarea").FillAsync("the printer on floor 2");
        await window.Team.Locator(".talk > .composer textarea").PressAsync("Enter");
        await Expect(post.Locator(".text")).ToHaveTextAsync("the printer on floor 2");
        await Expect(post.Locator(".edited")).ToBeVisibleAsync();

        await post.HoverAsync();
        await post.GetByRole(AriaRole.Button, new() { NameRegex = new("^Actions") }).ClickAsync();
        await window.Page.GetByRole(AriaRole.Menuitem, new() { Name = "Take back" }).ClickAsync();
        await Expect(post).ToContainTextAsync("taken back");
        await window.Page.ReloadAsync();
        await Expect(post).ToContainTextAsync("taken back");
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Newcomer_WithANameOfTheirOwn_CanWriteAtOnce()
    {
        await using var desk = await RunningDesk.StartAsync();
        await using var window = await chromium.OpenAsync(desk.Address);

        await window.Page.Locator("#as-chat").SelectOptionAsync(new SelectOptionValue { Label = "Somebody new…" });
        await window.Dialog.GetByLabel("Name").FillAsync("Žofie Nováková");
        await Window.Button(window.Dialog, "Continue").ClickAsync();

        // The pane turns to the newcomer in a moment; words typed before that are a draft of whoever was there.
        await Expect(window.Chat).ToContainTextAsync("Hello Žofie");
        await Window.SayAsync(window.Chat, "my laptop does not start");

        await Expect(Window.Button(window.Chat, "That's right").Or(Window.Button(window.Chat, "Just log it")).First).ToBeVisibleAsync();
        Assert.Contains("chat=zofie-novakova", window.Page.Url, StringComparison.Ordinal);
        Assert.Empty(window.Complaints);
    }

    [Fact]
    public async Task Address_WithPersonAndChannel_OpensThatView()
    {
        await using var desk = await RunningDesk.StartAsync();

        await using var window = await chromium.OpenAsync($"{desk.Address}/#chat=tom&agent=grace&channel=identity");

        await Expect(window.Page.Locator("#as-chat")).ToHaveValueAsync("tom");
        await Expect(window.Page.Locator("#as-agent")).ToHaveValueAsync("grace");
        await Expect(window.Page.Locator(".rail [aria-current]")).ToHaveTextAsync("#identity");
    }

    private static async Task ReportAsync(Window window)
    {
        await Window.SayAsync(window.Chat, Words);
        await Window.Button(window.Chat, "That's right").ClickAsync();
        await window.GoToChannelAsync("network");
        await Window.Button(window.Team, "Claim").WaitForAsync();
    }

    /// <summary>Walks as somebody without a mouse would; the button must be reachable in a reasonable number of steps.</summary>
    private static async Task TabToAsync(IPage page, string title, bool backwards)
    {
        for (var step = 0; step < 40; step++)
        {
            await page.Keyboard.PressAsync(backwards ? "Shift+Tab" : "Tab");
            if (await page.EvaluateAsync<string>("document.activeElement.textContent.trim()") == title)
            {
                return;
            }
        }

        Assert.Fail($"'{title}' cannot be reached with the keyboard.");
    }

    /// <summary>Presses a button until its form is open: a card that is drawn anew just then takes the button away under the key, and one presses again.</summary>
    private static async Task OpenByKeyboardAsync(Window window, string title)
    {
        for (var attempt = 0; attempt < 3 && !await window.Dialog.IsVisibleAsync(); attempt++)
        {
            await TabToAsync(window.Page, title, backwards: true);
            await window.Page.Keyboard.PressAsync("Enter");
            try
            {
                await window.Dialog.WaitForAsync(new() { Timeout = 10_000 });
            }
            catch (TimeoutException)
            {
                // Once more.
            }
        }
    }

    private static async Task AssertNoSidewaysScrollingAsync(Window window) =>
        Assert.Equal(await window.Page.EvaluateAsync<int>("innerWidth"), await window.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
}
