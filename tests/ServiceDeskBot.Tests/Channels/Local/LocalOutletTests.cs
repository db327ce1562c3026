using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Local;

public sealed class LocalOutletTests : IAsyncLifetime
{
    private LocalConsole _console = null!;

    public async ValueTask InitializeAsync() => _console = await LocalConsole.StartAsync();

    public ValueTask DisposeAsync() => _console.DisposeAsync();

    [Fact]
    public async Task PostAsync_ToAPersonNotSpokenToYet_OpensTheirChat()
    {
        var result = await _console.Outlet.PostAsync(new Place("local", "@mara", null, PlaceKind.Personal), Card.Of("Your digest"), LocalConsole.Reader, CancellationToken.None);

        var sent = Assert.IsType<SendResult.Sent>(result);
        Assert.Equal(new Place("local", "dm:mara", null, PlaceKind.Personal), sent.At);
        var post = Assert.Single(await _console.PostsAsync("dm:mara", chat: "mara"));
        Assert.Equal(sent.PostId, post.GetProperty("id").GetString());
        Assert.Contains("Your digest", post.GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task PostAsync_InAThread_StandsUnderItsRoot()
    {
        var root = await _console.HangUpAsync("network", "INC-1042");

        await _console.HangUpAsync("network", "Wanda says: it is back", root);

        Assert.Equal([null, root], (await _console.PostsAsync("network")).Select(post => post.GetProperty("thread").GetString()));
    }

    [Theory]
    [InlineData("finance")]
    [InlineData("dm:Not An Account")]
    public async Task PostAsync_ToAPlaceThatIsNotThere_IsRefused(string conversation)
    {
        var result = await _console.Outlet.PostAsync(new Place("local", conversation, null, PlaceKind.Channel), Card.Of("hello"), LocalConsole.Reader, CancellationToken.None);

        Assert.IsType<SendResult.Refused>(result);
    }

    [Fact]
    public async Task UpdateAsync_OfItsOwnPost_ReplacesTheCard()
    {
        var id = await _console.HangUpAsync("network", "nobody has it");

        var result = await _console.Outlet.UpdateAsync(new Place("local", "network", null, PlaceKind.Channel), id, Card.Of("Ada has it"), LocalConsole.Reader, CancellationToken.None);

        Assert.IsType<SendResult.Sent>(result);
        Assert.Contains("Ada has it", Assert.Single(await _console.PostsAsync("network")).GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task UpdateAsync_OfAPostThatIsGone_SaysSo()
    {
        var result = await _console.Outlet.UpdateAsync(new Place("local", "network", null, PlaceKind.Channel), "none", Card.Of("Ada has it"), LocalConsole.Reader, CancellationToken.None);

        Assert.IsType<SendResult.Vanished>(result);
    }

    [Fact]
    public async Task PostAsync_AfterARestart_IsStillThere()
    {
        var data = Directory.CreateTempSubdirectory("console-");
        await using (var before = await LocalConsole.StartAsync(data: data))
        {
            await before.HangUpAsync("network", "INC-1042");
        }

        await using (var after = await LocalConsole.StartAsync(data: data))
        {
            Assert.Single(await after.PostsAsync("network"));
        }

        data.Delete(recursive: true);
    }
}
