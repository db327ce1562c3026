using System.Globalization;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Simulation.People;

namespace ServiceDeskBot.Simulation.Platforms;

/// <summary>Teams or Slack as people see it: conversations and what hangs in them.</summary>
internal sealed class Platform(string name)
{
    private readonly Dictionary<string, Conversation> _conversations = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SimulatedPerson> _accounts = new(StringComparer.Ordinal);
    private long _last = 1_000;

    public string Name => name;

    /// <summary>A card is there, or has changed.</summary>
    public Action<Conversation, ChatPost>? Shown { get; set; }

    public IEnumerable<Conversation> Conversations => _conversations.Values;

    public string NewId() => name == "slack"
        ? string.Create(CultureInfo.InvariantCulture, $"17000{++_last:00000}.{_last:000000}")
        : string.Create(CultureInfo.InvariantCulture, $"{1_700_000_000_000 + ++_last}");

    public Account Join(SimulatedPerson person)
    {
        var id = name == "slack" ? $"U{person.Id.ToUpperInvariant()}" : $"29:{person.Id}";
        _accounts[id] = person;
        return new Account(this, id);
    }

    /// <summary>The personal conversation with the bot; opened when it is first asked for.</summary>
    public Conversation Personal(string account) =>
        Open(name == "slack" ? $"D{account[1..]}" : $"a:{account[3..]}", PlaceKind.Personal, null, _accounts[account]);

    public Conversation Channel(string id, string? team) => Open(id, PlaceKind.Channel, team, null);

    public Conversation? Find(string id) => _conversations.GetValueOrDefault(id);

    /// <summary>Where somebody acts, as the channel would say it.</summary>
    public Place PlaceOf(Conversation conversation, string? thread) => new(name, conversation.Id, thread, conversation.Kind)
    {
        ServiceUrl = name == "teams" ? "https://smba.example/teams/" : null,
        Organisation = "org",
    };

    public ChatPost Show(Conversation conversation, string? thread, Card card)
    {
        var post = new ChatPost(NewId(), thread) { Card = card };
        conversation.Posts[post.Id] = post;
        Shown?.Invoke(conversation, post);
        return post;
    }

    public void Change(Conversation conversation, ChatPost post, Card card)
    {
        post.Earlier = post.Card;
        post.Card = card;
        Shown?.Invoke(conversation, post);
    }

    private Conversation Open(string id, PlaceKind kind, string? team, SimulatedPerson? member)
    {
        if (!_conversations.TryGetValue(id, out var conversation))
        {
            _conversations[id] = conversation = new Conversation(id, kind, team, member);
        }

        return conversation;
    }
}

internal sealed record Account(Platform Platform, string Id);

/// <param name="Team">Whose channel it is; <c>null</c> for others.</param>
/// <param name="Member">Whose personal chat it is.</param>
internal sealed record Conversation(string Id, PlaceKind Kind, string? Team, SimulatedPerson? Member)
{
    /// <summary>The bot's messages by id, in the order they came.</summary>
    public Dictionary<string, ChatPost> Posts { get; } = new(StringComparer.Ordinal);

    /// <summary>Who began each thread.</summary>
    public Dictionary<string, SimulatedPerson> Roots { get; } = new(StringComparer.Ordinal);
}

/// <summary>A message of the bot.</summary>
internal sealed class ChatPost(string id, string? thread)
{
    public string Id => id;

    public string? Thread => thread;

    public required Card Card { get; set; }

    /// <summary>What hung here before: somebody slow presses its buttons.</summary>
    public Card? Earlier { get; set; }

    /// <summary>The buttons that its reader has decided about already.</summary>
    public string? Considered { get; set; }

    public IReadOnlyList<Button> Buttons => ButtonsOf(Card);

    /// <summary>All buttons of a card, those within its text too.</summary>
    public static IReadOnlyList<Button> ButtonsOf(Card card) => [.. card.Parts.OfType<ButtonsPart>().SelectMany(part => part.Buttons), .. card.Buttons];

    /// <summary>True when the card says this text of the product.</summary>
    public static bool Says(Card card, string key) => card.Parts.OfType<TextPart>().Any(part => part.Text is TextKey text && text.Id == key);
}
