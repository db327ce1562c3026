using Microsoft.Playwright;
using Xunit;

namespace ServiceDeskBot.Browser.Tests;

/// <summary>Debian's Chromium; the tests that need it are skipped by name where it is not installed.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    // As root it needs no sandbox; the rest keeps it from calling anywhere.
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async ValueTask InitializeAsync()
    {
        if (File.Exists(Program))
        {
            // Only a failing test waits this long: a browser on a busy machine needs more than Playwright's five seconds,
            // and a message that does not get through is tried for almost five before the console gives it up.
            Assertions.SetDefaultExpectTimeout(30_000);
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Headless = true, Args = Flags });
        }
    }

    /// <summary>A fresh window on the console; whatever the page complains about ends up in <see cref="Window.Complaints"/>.</summary>
    public async Task<Window> OpenAsync(string address, int width = 1440, int height = 900, ColorScheme scheme = ColorScheme.Light, bool touch = false)
    {
        if (_browser is null)
        {
            Assert.Skip($"There is no {Program}: apt-get install chromium");
        }

        var context = await _browser!.NewContextAsync(new()
        {
            ViewportSize = new() { Width = width, Height = height },
            ColorScheme = scheme,
            HasTouch = touch,
            IsMobile = touch,
            Locale = "en-GB",
        });
        context.SetDefaultTimeout(30_000);
        return await Window.OpenAsync(context, address);
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }
}
