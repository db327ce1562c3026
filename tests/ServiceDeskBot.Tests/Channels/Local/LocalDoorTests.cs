using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Local;

public sealed partial class LocalDoorTests
{
    public static TheoryData<string> Addresses => ["/", "/local/assets/main.js", "/local/state", "/local/events?after=0"];

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Get_OutsideDevelopment_IsNotFound(string address)
    {
        await using var console = await LocalConsole.StartAsync("Production");

        using var response = await console.Browser.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Post_OutsideDevelopment_IsNotFound()
    {
        await using var console = await LocalConsole.StartAsync("Production");

        using var response = await console.PostAsync("said", new { id = "00000001", @as = "wanda", conversation = "dm:wanda", text = "hello" });

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [MemberData(nameof(Addresses))]
    public async Task Get_UnderAForeignName_IsNotFound(string address)
    {
        await using var console = await LocalConsole.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        request.Headers.Host = "rebound.example.com";

        using var response = await console.Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("localhost", HttpStatusCode.OK)]
    [InlineData("127.0.0.2:80", HttpStatusCode.OK)]
    [InlineData("[::1]", HttpStatusCode.OK)]
    [InlineData("127.0.0.1.example.com", HttpStatusCode.NotFound)]
    [InlineData("localhost.example.com", HttpStatusCode.NotFound)]
    [InlineData("10.0.0.1", HttpStatusCode.NotFound)]
    public async Task Get_Page_OnlyUnderLoopbackNames(string host, HttpStatusCode expected)
    {
        await using var console = await LocalConsole.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.Host = host;

        using var response = await console.Browser.SendAsync(request);

        Assert.Equal(expected, response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For")]
    [InlineData("X-Forwarded-Host")]
    [InlineData("Forwarded")]
    public async Task Get_ThroughAProxy_IsNotFound(string header)
    {
        await using var console = await LocalConsole.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/");
        request.Headers.TryAddWithoutValidation(header, "for=203.0.113.9");

        using var response = await console.Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Theory]
    [InlineData("https://evil.example.com")]
    [InlineData("null")]
    [InlineData("http://127.0.0.1:1")]
    public async Task Post_FromAnotherOrigin_IsForbidden(string origin)
    {
        await using var console = await LocalConsole.StartAsync();
        using var request = Said("application/json");
        request.Headers.TryAddWithoutValidation("Origin", origin);

        using var response = await console.Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Empty(console.Turns.Accepted);
    }

    [Fact]
    public async Task Post_FromItsOwnOrigin_IsTaken()
    {
        await using var console = await LocalConsole.StartAsync();
        using var request = Said("application/json");
        request.Headers.TryAddWithoutValidation("Origin", console.Browser.BaseAddress!.GetLeftPart(UriPartial.Authority));

        using var response = await console.Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Single(console.Turns.Accepted);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    public async Task Post_NotJson_IsUnsupported(string contentType)
    {
        await using var console = await LocalConsole.StartAsync();
        using var request = Said(contentType);

        using var response = await console.Browser.SendAsync(request);

        Assert.Equal(HttpStatusCode.UnsupportedMediaType, response.StatusCode);
        Assert.Empty(console.Turns.Accepted);
    }

    [Fact]
    public async Task Post_LargerThan256KiB_IsTooLarge()
    {
        await using var console = await LocalConsole.StartAsync();

        using var response = await console.PostAsync("said", new { id = "00000001", @as = "wanda", conversation = "dm:wanda", text = new string('x', 300 * 1024) });

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, response.StatusCode);
        Assert.Empty(console.Turns.Accepted);
    }

    [Fact]
    public async Task Get_Page_ForbidsInlineScriptsAndHasNone()
    {
        await using var console = await LocalConsole.StartAsync();

        using var response = await console.Browser.GetAsync("/");
        var page = await response.Content.ReadAsStringAsync();

        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'; script-src 'self'; style-src 'self'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(response.Headers.GetValues("X-Frame-Options")));
        Assert.DoesNotMatch(InlineCode(), page);
    }

    [Fact]
    public async Task Get_Asset_SeenBefore_IsNotModified()
    {
        await using var console = await LocalConsole.StartAsync();
        using var first = await console.Browser.GetAsync("/local/assets/console.css");
        using var again = new HttpRequestMessage(HttpMethod.Get, "/local/assets/console.css");
        again.Headers.IfNoneMatch.Add(first.Headers.ETag!);

        using var second = await console.Browser.SendAsync(again);

        Assert.Equal("text/css", first.Content.Headers.ContentType!.MediaType);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }

    [Theory]
    [InlineData("/local/assets/../LocalDoor.cs")]
    [InlineData("/local/assets/missing.js")]
    [InlineData("/local/assets/")]
    public async Task Get_UnknownAsset_IsNotFound(string address)
    {
        await using var console = await LocalConsole.StartAsync();

        using var response = await console.Browser.GetAsync(address);

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    private static HttpRequestMessage Said(string contentType) => new(HttpMethod.Post, "/local/said")
    {
        Content = new StringContent(
            """{ "id": "00000001", "as": "wanda", "conversation": "dm:wanda", "text": "hello" }""",
            Encoding.UTF8,
            new MediaTypeHeaderValue(contentType)),
    };

    [GeneratedRegex("<script(?![^>]*src=)|<style|style=|\\son[a-z]+=", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex InlineCode();
}
