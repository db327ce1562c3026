using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;

namespace ServiceDeskBot.Channels.Local;

/// <summary>Tells a browser of every change, from wherever it left off.</summary>
internal sealed class LocalFeed(LocalPosts posts, TimeProvider clock)
{
    /// <summary>Often enough that a broken line is noticed on either side.</summary>
    private static readonly TimeSpan Heartbeat = TimeSpan.FromSeconds(15);

    public async IAsyncEnumerable<SseItem<string>> AfterAsync(long cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        yield return Ping;
        while (!cancellationToken.IsCancellationRequested)
        {
            var change = posts.NextChange;
            var page = await posts.ChangedAfterAsync(cursor, cancellationToken);
            foreach (var post in page)
            {
                cursor = post.Changed;
                yield return new SseItem<string>(JsonSerializer.Serialize(post, LocalJson.Options), "post") { EventId = cursor.ToString(CultureInfo.InvariantCulture) };
            }

            if (page.Count == 0 && !await EndedAsync(change, cancellationToken))
            {
                yield return Ping;
            }
        }
    }

    private static SseItem<string> Ping => new("", "ping") { ReconnectionInterval = TimeSpan.FromSeconds(1) };

    /// <summary>False when the heartbeat came first.</summary>
    private async Task<bool> EndedAsync(Task change, CancellationToken cancellationToken)
    {
        try
        {
            await change.WaitAsync(Heartbeat, clock, cancellationToken);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
