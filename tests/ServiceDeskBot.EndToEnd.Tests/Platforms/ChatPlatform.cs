using System.Collections.Concurrent;
using System.Net;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Local;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms;

/// <summary>
/// A chat platform, played over the real wire: what people do becomes deliveries to the host, what the host calls becomes
/// posts that people see. The tests know nothing of payloads; a story reads the same on each platform.
/// </summary>
public abstract class ChatPlatform : IAsyncDisposable
{
    private readonly ReplicasInTurn _deliveries = new();
    private readonly ConcurrentDictionary<string, ChatPerson> _people = new(StringComparer.Ordinal);

    public static IReadOnlyList<string> Names { get; } = ["teams", "slack", "local"];

    public abstract string Name { get; }

    /// <summary>What the host must be told to talk to it.</summary>
    public abstract IReadOnlyList<string> Settings { get; }

    /// <summary>True: every delivery is posted twice at the same moment, and once more when it was answered.</summary>
    public bool RepeatsDeliveries { get; init; }

    /// <summary>What went to the host so far: where to, of which kind, and what.</summary>
    public ConcurrentQueue<(string Path, string Type, string Body)> Deliveries { get; } = [];

    protected IDesk Desk { get; private set; } = null!;

    protected HttpClient Http => field ??= new(_deliveries) { Timeout = TimeSpan.FromSeconds(60) };

    public static ChatPlatform Of(string name, bool repeatsDeliveries = false) => name switch
    {
        "teams" => new TeamsPlatform { RepeatsDeliveries = repeatsDeliveries },
        "slack" => new SlackPlatform { RepeatsDeliveries = repeatsDeliveries },
        "local" => new LocalPlatform { RepeatsDeliveries = repeatsDeliveries },
        _ => throw new ArgumentOutOfRangeException(nameof(name), name, "No such platform."),
    };

    public virtual Task OpenAsync(ManualClock clock) => Task.CompletedTask;

    public void Connect(IDesk desk)
    {
        Desk = desk;
        _deliveries.To = desk.Addresses;
        Http.BaseAddress = desk.Address;
    }

    public ChatPerson Person(string name) => _people.GetOrAdd(name, known => new ChatPerson(known, this, () => Desk));

    /// <summary>The personal conversation of somebody with the desk.</summary>
    public abstract string ChatOf(string person);

    /// <summary>The channel that a team works in here.</summary>
    public abstract string ChannelOf(string team);

    /// <summary>Says something; in a channel the desk is named. The new post's id.</summary>
    public abstract Task<string> SayAsync(string person, Said said);

    public abstract Task EditAsync(string person, string conversation, string post, string before, string text);

    public abstract Task DeleteAsync(string person, string conversation, string post, string before);

    /// <summary>Presses a button; an answer that only the presser sees becomes theirs.</summary>
    public abstract Task PressAsync(ChatPerson person, SeenPost post, SeenButton button, IReadOnlyDictionary<string, string> fields);

    public abstract Task SubmitAsync(ChatPerson person, SeenForm form, IReadOnlyDictionary<string, string> fields);

    /// <summary>The form with other values where it carries its own along, as nobody's client would send it.</summary>
    public abstract SeenForm Forge(SeenForm form, params (string Key, string Value)[] carried);

    public abstract ValueTask<IReadOnlyList<SeenPost>> PostsAsync(IReadOnlyList<string> conversations);

    /// <summary>The desk is installed, or opened for the first time.</summary>
    public abstract Task ArriveAsync(string person);

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        await ValueTask.CompletedTask;
    }

    /// <summary>Delivers as the platform would. Every repetition must be answered alike.</summary>
    /// <param name="make">Makes the request; a request can be sent once only.</param>
    protected async Task<string> DeliverAsync(Func<HttpRequestMessage> make)
    {
        if (!RepeatsDeliveries)
        {
            return await SendAsync(make());
        }

        var together = await Task.WhenAll(SendAsync(make()), SendAsync(make()));
        var late = await SendAsync(make());
        Assert.Equal(together[0], together[1]);
        Assert.Equal(together[0], late);
        return late;
    }

    private async Task<string> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            if (request.Content is { } content)
            {
                Deliveries.Enqueue((request.RequestUri!.OriginalString, content.Headers.ContentType!.MediaType!, await content.ReadAsStringAsync(TestContext.Current.CancellationToken)));
            }

            using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
            var body = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.Accepted, $"{request.Method} {request.RequestUri} was answered {(int)response.StatusCode}: {body}");
            return body;
        }
    }
}

/// <summary>What somebody says.</summary>
/// <param name="Thread">The post it is said under; <c>null</c> for a post of its own.</param>
public sealed record Said(string Conversation, string? Thread, string Text)
{
    /// <summary>Names of files that come along.</summary>
    public IReadOnlyList<string> Files { get; init; } = [];

    /// <summary>In a channel: the desk is named.</summary>
    public bool Mention { get; init; } = true;
}
