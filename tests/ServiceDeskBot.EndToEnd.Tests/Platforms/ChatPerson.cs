using System.Collections.Concurrent;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms;

/// <summary>Somebody on a chat platform: says, presses and fills in what they see, and reads it as plain text.</summary>
public sealed class ChatPerson(string name, ChatPlatform platform, Func<IDesk> desk)
{
    private readonly List<string> _channels = [];
    private readonly ConcurrentQueue<string> _notices = new();
    private readonly ConcurrentDictionary<string, (SeenCard Card, int Changes)> _ownViews = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _posts = new(StringComparer.Ordinal);

    public string Name => name;

    /// <summary>Short words that showed up for this person alone.</summary>
    public IReadOnlyCollection<string> Notices => _notices;

    /// <summary>The form that is open for this person, if any.</summary>
    public SeenForm? Form { get; set; }

    private string Chat => platform.ChatOf(name);

    /// <summary>Says something to the desk in the personal chat.</summary>
    public Task SayAsync(string text, params string[] files) => SayAsync(new Said(Chat, null, text) { Files = files });

    /// <summary>Names the desk in a team's channel, in a post of its own.</summary>
    public Task SayInAsync(string team, string text) => SayAsync(new Said(ChannelHere(team), null, text));

    /// <summary>Writes under the desk's newest card about a ticket in a team's channel.</summary>
    public async Task WriteUnderAsync(string team, string ticket, string text, bool mention = true)
    {
        var card = await Eventually.GetAsync(
            async () => (await platform.PostsAsync([ChannelHere(team)])).LastOrDefault(post => post is { Author: null, Thread: null } && post.Card.Text.Contains(ticket, StringComparison.Ordinal)),
            () => $"No card of {ticket} in {team}.");
        await SayAsync(new Said(card.Conversation, card.Id, text) { Mention = mention });
    }

    /// <summary>Makes a channel this team's, and looks at it from now on.</summary>
    public async Task BindAsync(string team)
    {
        if (platform.Name != "local")
        {
            await SayInAsync(team, $"bind {team}");
            await SeesAsync("are posted here");
        }

        ChannelHere(team);
    }

    /// <summary>Looks at a team's channel from now on.</summary>
    public void Join(string team) => ChannelHere(team);

    public Task EditAsync(string before, string text) => ActAsync(() => platform.EditAsync(name, Chat, _posts[before], before, text));

    public Task DeleteAsync(string before) => ActAsync(() => platform.DeleteAsync(name, Chat, _posts[before], before));

    public Task ArriveAsync() => ActAsync(() => platform.ArriveAsync(name));

    /// <summary>Presses the button of this title on the newest post that has it. Fields that the card does not have go into the form that the press opens.</summary>
    public async Task PressAsync(string title, params (string Id, string Value)[] fields)
    {
        var post = await Eventually.GetAsync(
            async () => (await PostsAsync()).LastOrDefault(post => post.Card.Button(title) is not null),
            () => $"{name} sees no button '{title}'. {SeenAsync().AsTask().GetAwaiter().GetResult()}");
        await PressAsync(post, post.Card.Button(title)!, fields);
    }

    /// <summary>Presses a button of a post as it was, whatever it looks like now.</summary>
    public async Task PressAsync(SeenPost post, SeenButton button, params (string Id, string Value)[] fields)
    {
        var values = fields.ToDictionary(field => field.Id, field => field.Value, StringComparer.Ordinal);
        var onCard = post.Card.Inputs.Any(input => values.ContainsKey(input.Id));
        Form = null;
        await ActAsync(() => platform.PressAsync(this, post, button, onCard ? values : new Dictionary<string, string>(StringComparer.Ordinal)));
        if (fields.Length > 0 && !onCard)
        {
            await SubmitAsync(fields);
        }
    }

    /// <summary>Fills in and sends the form that is open.</summary>
    public async Task SubmitAsync(params (string Id, string Value)[] fields)
    {
        var form = await FormAsync();
        foreach (var field in fields)
        {
            Assert.Contains(form.Card.Inputs, input => input.Id == field.Id);
        }

        Form = null;
        var kept = form.Card.Inputs.Where(input => input.Value is not null).ToDictionary(input => input.Id, input => input.Value!, StringComparer.Ordinal);
        foreach (var (id, value) in fields)
        {
            kept[id] = value;
        }

        await ActAsync(() => platform.SubmitAsync(this, form, kept));
    }

    /// <summary>The form that is open, or about to open.</summary>
    public Task<SeenForm> FormAsync() => Eventually.GetAsync(() => ValueTask.FromResult(Form), () => $"No form opened for {name}.");

    /// <summary>Waits until these words show up anywhere this person looks.</summary>
    public Task SeesAsync(string words) => Eventually.HoldsAsync(
        async () => (await SeenAsync()).Contains(words, StringComparison.OrdinalIgnoreCase),
        () => $"{name} does not see \"{words}\". What there is:\n{SeenAsync().AsTask().GetAwaiter().GetResult()}");

    /// <summary>Nothing of the kind shows up, also not when all is done.</summary>
    public async Task SeesNotAsync(string words)
    {
        await desk().SettledAsync();
        Assert.DoesNotContain(words, await SeenAsync(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Everything in front of this person, oldest first.</summary>
    public async ValueTask<string> SeenAsync() =>
        string.Join("\n---\n", [.. (await PostsAsync()).Select(post => $"[{post.Author ?? "desk"}] {post.Card.Text}\n{Buttons(post.Card)}"), .. _notices, .. Form is null ? [] : new[] { Form.Card.Text }]);

    /// <summary>What the desk wrote to this person in their own chat, oldest first.</summary>
    public async ValueTask<IReadOnlyList<SeenPost>> ChatAsync() => [.. (await PostsAsync()).Where(post => post.Conversation == Chat && post.Author is null)];

    /// <summary>The posts in front of this person, as this person sees them, oldest first.</summary>
    public async ValueTask<IReadOnlyList<SeenPost>> PostsAsync()
    {
        var posts = await platform.PostsAsync([Chat, .. _channels]);
        return [.. posts.Where(post => post.OnlyFor is null || post.OnlyFor == name).OrderBy(post => post.Order).Select(AsSeenHere)];
    }

    public void Notice(string words) => _notices.Enqueue(words);

    /// <summary>A card that took the place of a post for this person alone, until the post changes for everybody.</summary>
    public void ShowInstead(SeenPost post, SeenCard card) => _ownViews[post.Id] = (card, post.Changes);

    private Task SayAsync(Said said) => ActAsync(async () => _posts[said.Text] = await platform.SayAsync(name, said));

    private async Task ActAsync(Func<Task> act)
    {
        await act();
        await desk().SettledAsync();
    }

    private string ChannelHere(string team)
    {
        var channel = platform.ChannelOf(team);
        if (!_channels.Contains(channel))
        {
            _channels.Add(channel);
        }

        return channel;
    }

    private SeenPost AsSeenHere(SeenPost post) =>
        _ownViews.TryGetValue(post.Id, out var own) && own.Changes == post.Changes ? post with { Card = own.Card } : post;

    private static string Buttons(SeenCard card) => string.Join(' ', card.Buttons.Select(button => $"({button.Title})"));
}
