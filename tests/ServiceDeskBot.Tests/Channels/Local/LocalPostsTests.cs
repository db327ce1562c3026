using ServiceDeskBot.Channels.Local;
using Xunit;

namespace ServiceDeskBot.Tests.Channels.Local;

public sealed class LocalPostsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("desk-posts-");
    private readonly LocalPosts _posts;

    public LocalPostsTests() => _posts = new LocalPosts(Path.Combine(_folder.FullName, "console.db"));

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _posts.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task WritersAsync_ManyPostsLater_NamesThoseWhoWroteTheLatestAsTheyCalledThemselvesLast()
    {
        await SayAsync("u-old", "Olga");
        await SayAsync("u-zoe", "Zoe");
        for (var n = 0; n < 999; n++)
        {
            await SayAsync("u-max", n < 500 ? "Max" : "Max M.");
        }

        Assert.Equal([("u-max", "Max M."), ("u-zoe", "Zoe")], (await _posts.WritersAsync(Stop)).Select(writer => (writer.Account, writer.Name)));
    }

    private Task SayAsync(string account, string name) =>
        _posts.AddAsync(new LocalPost(Guid.NewGuid().ToString(), "chat", null, account, name, "Hello", null, DateTimeOffset.UnixEpoch), Stop);
}
