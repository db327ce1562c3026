using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace ServiceDeskBot.Browser.Tests;

/// <summary>The console in a browser window, in the words of somebody who looks at it.</summary>
public sealed class Window : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    private Window(IBrowserContext context, IPage page) => (_context, Page) = (context, page);

    public IPage Page { get; }

    /// <summary>Script errors, console errors and warnings, and responses of 400 and above.</summary>
    public ConcurrentQueue<string> Complaints { get; } = new();

    public ILocator Chat => Page.Locator("#chat");

    public ILocator Team => Page.Locator("#team");

    public ILocator Manager => Page.Locator("#manager");

    public ILocator Dialog => Page.Locator("dialog[open]");

    /// <summary>The words that an open form asks for; it may ask for more.</summary>
    public ILocator Words => Dialog.Locator("[name=text]");

    internal static async Task<Window> OpenAsync(IBrowserContext context, string address)
    {
        var window = new Window(context, await context.NewPageAsync());
        window.Page.PageError += (_, error) => window.Complaints.Enqueue(error);
        window.Page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                window.Complaints.Enqueue($"{message.Type}: {message.Text}");
            }
        };
        window.Page.Response += (_, response) =>
        {
            if (response.Status >= 400)
            {
                window.Complaints.Enqueue($"{response.Status} {response.Url}");
            }
        };
        await window.Page.GotoAsync(address);
        await window.Page.Locator("[data-ready]").WaitForAsync();
        return window;
    }

    public static ILocator Button(ILocator within, string title) => within.GetByRole(AriaRole.Button, new() { Name = title, Exact = true });

    /// <summary>The latest message that shows this text.</summary>
    public static ILocator Post(ILocator pane, string text) => pane.Locator(".post").Filter(new() { HasText = text }).Last;

    public static async Task SayAsync(ILocator pane, string text)
    {
        await pane.Locator(".talk > .composer textarea").FillAsync(text);
        await pane.Locator(".talk > .composer textarea").PressAsync("Enter");
    }

    public Task GoToChannelAsync(string name) => Page.Locator(".rail button", new() { HasText = name }).ClickAsync();

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}
