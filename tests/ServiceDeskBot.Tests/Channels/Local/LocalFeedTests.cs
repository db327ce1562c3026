using System.Net;
using System.Net.ServerSentEvents;
using System.Text.Json;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Local;

public sealed class LocalFeedTests : IAsyncLifetime
{
    private LocalConsole _console = null!;

    public async ValueTask InitializeAsync() => _console = await LocalConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task Events_WhileOpen_TellsOfNewPosts()
    {
        await using var events = await FollowAsync("/local/events?after=0");

        await _console.HangUpAsync("network", "INC-1042");

        Assert.Contains("INC-1042", (await events.NextPostAsync()).GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_WithLastEventId_TellsOnlyWhatCameLater()
    {
        await _console.HangUpAsync("network", "seen");
        await _console.HangUpAsync("network", "missed");

        await using var events = await FollowAsync("/local/events?after=0", lastEventId: "1");

        Assert.Contains("missed", (await events.NextPostAsync()).GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/local/events")]
    [InlineData("/local/events?after=-1")]
    [InlineData("/local/events?after=soon")]
    public async Task Events_WithoutAnywhereToBegin_IsABadRequest(string address)
    {
        using var response = await _console.Browser.GetAsync(address, HttpCompletionOption.ResponseHeadersRead);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [Fact]
    public async Task Events_AtShutdown_EndAtOnce()
    {
        var console = await LocalConsole.StartAsync();
        using var response = await console.Browser.GetAsync("/local/events?after=0", HttpCompletionOption.ResponseHeadersRead);

        await console.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task State_Always_NamesPeopleChannelsAndNewcomers()
    {
        await _console.DeliverAsync("said", new { id = "said-0001", @as = "tom", name = "Tom Baker", conversation = "dm:tom", text = "hello" });

        var state = JsonDocument.Parse(await _console.Browser.GetStringAsync("/local/state?chat=wanda")).RootElement;

        Assert.Equal(["wanda", "ada", "mara", "tom"], state.GetProperty("people").EnumerateArray().Select(person => person.GetProperty("account").GetString()));
        Assert.Equal(["network", "service-desk"], state.GetProperty("channels").EnumerateArray().Select(room => room.GetProperty("name").GetString()));
        Assert.Empty(state.GetProperty("posts").EnumerateArray());
    }

    private async Task<Following> FollowAsync(string address, string? lastEventId = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (lastEventId is not null)
        {
            request.Headers.Add("Last-Event-ID", lastEventId);
        }

        var response = await _console.Browser.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        return new Following(response.EnsureSuccessStatusCode(), SseParser.Create(await response.Content.ReadAsStreamAsync()));
    }

    private sealed class Following(HttpResponseMessage response, SseParser<string> parser) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<SseItem<string>> _items = parser.EnumerateAsync(TestContext.Current.CancellationToken).GetAsyncEnumerator();

        public async Task<JsonElement> NextPostAsync()
        {
            while (await _items.MoveNextAsync())
            {
                if (_items.Current.EventType == "post")
                {
                    return JsonDocument.Parse(_items.Current.Data).RootElement;
                }
            }

            throw new InvalidOperationException("The feed ended.");
        }

        public async ValueTask DisposeAsync()
        {
            await _items.DisposeAsync();
            response.Dispose();
        }
    }
}
