using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Cards;
using ServiceDeskBot.Core.Triage;

namespace ServiceDeskBot.Core.Turns;

/// <summary>What an action sees: who acts, where, the snapshot, the desk's content, and the decision it adds to.</summary>
public sealed class TurnContext(Person actor, Place place, IDeskSnapshot snapshot, DeskContent desk, IReadOnlyCollection<string> channels, Func<ValueTask<long>> nextNumber, Decision decision)
{
    private readonly Dictionary<string, Person?> _people = new(StringComparer.Ordinal) { [actor.Id] = actor };

    private Offer? _offer;

    /// <summary>The desk itself, when a timer acts.</summary>
    public static Person DeskItself { get; } = new("desk", "Service desk", null, []);

    public Person Actor => actor;

    public Place Place => place;

    public IDeskSnapshot Snapshot => snapshot;

    public DeskContent Desk => desk;

    public Decision Decision => decision;

    public DateTimeOffset Now => decision.Now;

    /// <summary>The message that was pressed; <c>null</c> otherwise.</summary>
    public string? PressedPost { get; init; }

    /// <summary>What the desk remembers of its talk with the actor here; stored when it differs in the end.</summary>
    public ConversationState Conversation { get; set; } = ConversationState.Empty;

    /// <summary>The services of the desk's brain: reading, similar texts.</summary>
    public required QueryReading Reading { get; init; }

    /// <summary>The catalogue as it exists for the actor today.</summary>
    public Offer Offer => _offer ??= new Offer(desk, actor, desk.DayOf(Now));

    /// <summary>Lets a ticket be the one that continuing texts reach.</summary>
    public void Focus(string ticket) => Conversation = Conversation with { Focus = ticket, FocusedAt = Now };

    /// <summary>Puts a dialog on top of the stack, in place of an earlier run of the same dialog.</summary>
    public void Begin(DialogFrame frame) =>
        Conversation = Conversation with { Stack = [.. Conversation.Stack.Where(running => running.Dialog != frame.Dialog).TakeLast(7), frame] };

    /// <summary>Begins a dialog that asks its first question once the turn has said what else there is to say.</summary>
    public void Open(DialogFrame frame)
    {
        Begin(frame);
        Opened.Add(frame.Dialog);
    }

    /// <summary>Dialogs whose first question is still to be asked.</summary>
    internal List<string> Opened { get; } = [];

    /// <summary>The ticket with which this turn handed the conversation to a person; <c>null</c> when it did not.</summary>
    public string? HandedOver { get; set; }

    public void End(string dialog) => Conversation = Conversation with { Stack = [.. Conversation.Stack.Where(running => running.Dialog != dialog)] };

    /// <summary>The post that was said, which opens a thread when it is answered in a channel; <c>null</c> for a button.</summary>
    public string? OpeningPost { get; set; }

    /// <summary>The actor's account on the platform they act on; <c>null</c> for the desk itself.</summary>
    public string? Account { get; init; }

    /// <summary>The same turn as if it had come in the actor's own chat with the desk. Ends with <see cref="KeepOwnChat"/>.</summary>
    public async ValueTask<TurnContext> InOwnChatAsync()
    {
        var personal = place.Kind == PlaceKind.Personal ? place : await ReachAsync(actor.Id) ?? Unopened(place.Channel, Account ?? actor.Id);
        return personal == place
            ? this
            : new TurnContext(actor, personal, snapshot, desk, channels, nextNumber, decision)
            {
                Conversation = await snapshot.ConversationAsync(personal.Key, actor.Id),
                Reading = Reading,
                Account = Account,
            };
    }

    /// <summary>Stores what the actor's own chat remembers after the turn went on there.</summary>
    public void KeepOwnChat(TurnContext own)
    {
        if (own != this)
        {
            decision.Add(new PutConversation(own.Place.Key, actor.Id, own.Conversation));
        }
    }

    /// <summary>The zone in which the actor reads clocks.</summary>
    public TimeZoneInfo Zone => ZoneOf(actor);

    public TimeZoneInfo ZoneOf(Person? person) =>
        TimeZoneInfo.TryFindSystemTimeZoneById(person?.Zone ?? desk.Policies.Digest.Zone, out var zone) ? zone : TimeZoneInfo.Utc;

    /// <summary>Keeps what the models said about a text.</summary>
    /// <param name="query"><c>null</c> where the words are answered without one.</param>
    public void KeepPrediction(string text, string? query)
    {
        var language = Reader.LanguageOf(actor.Locale);
        foreach (var (said, shadow) in Reading.Guesses(text))
        {
            decision.Add(new PutPrediction(StoredPrediction.Of(said, query, shadow, language, Now)));
        }
    }

    /// <summary>The next ticket id with this prefix.</summary>
    public async ValueTask<string> NewIdAsync(string prefix) => $"{prefix}-{await nextNumber()}";

    public async ValueTask<Person?> PersonAsync(string? id)
    {
        if (id is null)
        {
            return null;
        }

        if (!_people.TryGetValue(id, out var person))
        {
            _people[id] = person = await snapshot.PersonAsync(id);
        }

        return person;
    }

    /// <summary>First name, as colleagues say it; the desk's own name where nobody is meant.</summary>
    public async ValueTask<string> NameAsync(string? id) => id is null or "desk" ? DeskItself.Name : (await PersonAsync(id))?.Name ?? id;

    public async ValueTask<Ticket?> TicketAsync(string id) => decision.Find(id) ?? await snapshot.TicketAsync(id);

    /// <summary>The person's own words that a stored ticket began with; empty once they are erased.</summary>
    public async ValueTask<string> WordsOfAsync(Ticket ticket) =>
        (await snapshot.TextsAsync(ticket.Id)).FirstOrDefault(text => text.Kind == "description")?.Text ?? "";

    /// <summary>Says something to the person a ticket is about, where they wrote it.</summary>
    public async ValueTask TellRequesterAsync(Ticket ticket, Card card)
    {
        var reporter = await PersonAsync(ticket.Reporter);
        var told = new HashSet<string>(StringComparer.Ordinal);
        foreach (var mirror in await snapshot.MirrorsAsync(ticket.Id))
        {
            if (mirror.Kind == MirrorKind.Requester && (!ticket.Restricted || mirror.At.Kind == PlaceKind.Personal) && told.Add(mirror.At.Key))
            {
                decision.Say(mirror.At, card, reporter, ticket.Id);
            }
        }

        if (told.Count == 0 && await ReachAsync(ticket.Reporter) is { } personal)
        {
            decision.Say(personal, card, reporter, ticket.Id);
        }
    }

    /// <summary>Says something in the internal threads under a ticket's team cards.</summary>
    public async ValueTask TellTeamAsync(Ticket ticket, Card card, string? mentioned = null)
    {
        var accounts = mentioned is null ? [] : await snapshot.AccountsOfAsync(mentioned);
        foreach (var mirror in await snapshot.MirrorsAsync(ticket.Id))
        {
            if (mirror.Kind == MirrorKind.Team)
            {
                var mention = accounts.Where(account => account.Channel == mirror.At.Channel).Take(1).Select(account => account.Account);
                var post = new Post(card with { Mentions = [.. mention] }) { UnderMirror = mirror.Id };
                decision.Add(new Send(new OutboxMessage(mirror.At, post, mirror.Language, mirror.Zone) { Ticket = ticket.Id }));
            }
        }
    }

    /// <summary>Where to write to a person themselves: where they have talked to the desk rather than where they only have an account; <c>null</c> when the desk has no account of theirs.</summary>
    public async ValueTask<Place?> ReachAsync(string person)
    {
        foreach (var account in (await snapshot.AccountsOfAsync(person)).OrderBy(account => account.Personal is null))
        {
            if (channels.Contains(account.Channel))
            {
                return account.Personal ?? Unopened(account.Channel, account.Account);
            }
        }

        var known = desk.People.FirstOrDefault(known => known.Id == person)?.Accounts.FirstOrDefault(account => channels.Contains(account.Key));
        return known is { Key: not null } ? Unopened(known.Value.Key, known.Value.Value) : null;
    }

    /// <summary>Channels that are bound to a team, or to the operators, on every platform the desk speaks on.</summary>
    public async ValueTask<List<Place>> ChannelsOfAsync(string bound) =>
        [.. (await snapshot.ChannelsOfTeamAsync(bound)).Where(at => channels.Contains(at.Channel))];

    /// <summary>Where a team's cards hang: its bound channels, and those of <c>teams.yaml</c>.</summary>
    public async ValueTask<IReadOnlyList<Place>> ChannelsOfAsync(Team team)
    {
        var bound = await ChannelsOfAsync(team.Id);
        foreach (var (channel, conversation) in team.Channels)
        {
            if (channels.Contains(channel) && !bound.Exists(at => at.Channel == channel && at.Conversation == conversation))
            {
                var home = place.Channel == channel ? place : null;
                bound.Add(new Place(channel, conversation, null, PlaceKind.Channel) { ServiceUrl = home?.ServiceUrl, Organisation = home?.Organisation });
            }
        }

        return bound;
    }

    /// <summary>Hangs a ticket's card in its team's channels, or asks the lead where a team has none.</summary>
    public async ValueTask HangTeamCardsAsync(Ticket ticket)
    {
        var team = desk.Team(ticket.Team) ?? desk.Teams[0];
        var places = await ChannelsOfAsync(team);
        if (places.Count == 0 && !team.Closed)
        {
            places = await ChannelsOfAsync(desk.Teams[0]);
        }

        if (places.Count == 0 && await ReachAsync(team.Lead) is { } lead)
        {
            places = [lead];
        }

        foreach (var at in places)
        {
            decision.Hang(ticket.Id, MirrorKind.Team, at, null);
        }
    }

    /// <summary>As <see cref="HangTeamCardsAsync"/>, unless the team has the card already: a request that a program carries out has none.</summary>
    public async ValueTask HangTeamCardsOnceAsync(Ticket ticket)
    {
        if (decision.Begins(ticket.Id) || !(await snapshot.MirrorsAsync(ticket.Id)).Any(mirror => mirror.Kind == MirrorKind.Team))
        {
            await HangTeamCardsAsync(ticket);
        }
    }

    /// <summary>The team's cards leave the places where they hung, since the ticket is another team's now, and hang there.</summary>
    public async ValueTask MoveTeamCardsAsync(Ticket ticket)
    {
        foreach (var mirror in (await snapshot.MirrorsAsync(ticket.Id)).Where(mirror => mirror.Kind == MirrorKind.Team))
        {
            decision.Add(new LeaveMirror(mirror.Id));
        }

        await HangTeamCardsAsync(ticket);
    }

    /// <summary>Puts the person's card in place of the pressed one at once; the mirror follows after the commit.</summary>
    public async ValueTask ShowAsync(Ticket ticket, string summary) => decision.Answer = new ShowCard(
        ticket.Restricted && place.Kind != PlaceKind.Personal ? LeftCard.InOwnChat : await RequesterCard.ForAsync(ticket, new TicketView(desk, Now, snapshot, summary)));

    /// <summary>Refuses: nothing changes, the actor hears why.</summary>
    public void Refuse(Phrase why, params Button[] instead) => decision.Answer = new Tell(new Card([new TextPart(why)], instead));

    private Place Unopened(string channel, string account) => new(channel, "@" + account, null, PlaceKind.Personal)
    {
        ServiceUrl = place.Channel == channel ? place.ServiceUrl : null,
        Organisation = place.Channel == channel ? place.Organisation : null,
    };
}

/// <summary>Whose view a mirror shows.</summary>
public static class MirrorKind
{
    public const string Requester = "requester";
    public const string Team = "team";

    private const string Approver = "approver-";
    private const string Task = "task-";

    /// <summary>A wish that the catalogue does not hold, before the service's owner.</summary>
    public const string Wish = "wish";

    private const string Verification = "verification-";
    private const string Left = "left-";

    /// <summary>Each approver has a card of their own: one who handed it on has no buttons any more.</summary>
    public static string ApproverOf(string person) => Approver + person;

    /// <summary>The approver whose card it is; <c>null</c> for another kind.</summary>
    public static string? ApproverIn(string kind) => kind.StartsWith(Approver, StringComparison.Ordinal) ? kind[Approver.Length..] : null;

    public static string TaskOf(string task) => Task + task;

    /// <summary>The task whose card it is; <c>null</c> for another kind.</summary>
    public static string? TaskIn(string kind) => kind.StartsWith(Task, StringComparison.Ordinal) ? kind[Task.Length..] : null;

    /// <summary>The question whether the fix works; after a reopening it is asked anew, in a new message.</summary>
    public static string VerificationOf(Ticket ticket) => $"{Verification}{ticket.Reopened}";

    /// <summary>The notice that stays where a ticket was before it went elsewhere.</summary>
    public static bool IsLeft(string kind) => kind.StartsWith(Left, StringComparison.Ordinal);

    public static bool IsVerification(string kind) => kind.StartsWith(Verification, StringComparison.Ordinal);
}
