using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Fulfilment;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Tickets.Cards;

/// <summary>What the team sees: who, what, how bad and why, who has solved the like; and the few buttons that make sense now.</summary>
public static class TeamCard
{
    /// <summary>Of the person's own words; the rest is behind <em>Show all</em>.</summary>
    private const int LongestWords = 600;

    public static async ValueTask<Card> ForAsync(Ticket ticket, TicketView view)
    {
        var (words, isCut) = await WordsAsync(ticket, view);
        var reporter = await view.Snapshot.PersonAsync(ticket.Reporter);
        var parts = new List<CardPart>
        {
            new TextPart(Phrase.Key("team.title", ("ticket", ticket.Id), ("state", Phrase.Key($"label.{ticket.State}")), ("priority", ticket.Priority)), TextStyle.Heading),
            new TextPart(words, TextStyle.Quote),
            new FactsPart(await FactsAsync(ticket, view, reporter)),
        };
        if (ticket.Frustrated)
        {
            parts.Add(new TextPart(Phrase.Key("team.frustrated")));
        }

        if (ticket is { IsOpen: true, Reopened: > 0 } && ticket.State != TicketState.Resolved)
        {
            parts.Add(await WhyItIsBackAsync(ticket, view));
        }

        if (ticket is { IsOpen: true, Owner: null } && ticket.Evidence.Contains(AskForPerson.WantedCode))
        {
            parts.Add(new TextPart(Phrase.Key("person.told-team", ("person", reporter?.Name ?? ticket.Reporter), ("ticket", ticket.Id))));
        }

        if (ticket.IsOpen && ticket.Agreement is { } agreement)
        {
            parts.Add(new TextPart(Phrase.Key($"team.agreement-{agreement}", ("person", await view.NameAsync(ticket.Affected)))));
        }
        else if (ticket is { IsOpen: true, Category: "access" } && ticket.Evidence.Contains(OnBehalf.Code) && (ticket.Affected == ticket.Reporter || OnBehalf.NeedsAgreement(ticket, view.Desk)))
        {
            parts.Add(new TextPart(Phrase.Key("team.check-behalf")));
        }

        if (ticket.IsOpen && ticket.Evidence.Contains(Understanding.UnsureCode))
        {
            parts.Add(new TextPart(Phrase.Key("team.unsure")));
        }

        if (ticket is { IsOpen: true, Work: WorkKind.Novel })
        {
            parts.Add(new TextPart(Phrase.Key("team.novel")));
        }

        if (ticket is { IsOpen: true, Asks: { } asked })
        {
            parts.Add(new TextPart(asked.About == SameAgain.About
                ? Phrase.Key("team.again", ("ticket", asked.Candidates[0]))
                : Phrase.Key("team.unanswered", ("options", asked.Choices))));
        }

        if (!ticket.Confirmed && ticket.IsOpen)
        {
            parts.Add(new TextPart(Phrase.Key("team.unconfirmed"), TextStyle.Subtle));
        }

        if (ticket.Item is not null && (await view.Snapshot.TextsAsync(ticket.Id)).LastOrDefault(text => text.Kind == "form") is { } form)
        {
            parts.Add(new TextPart(form.Text));
        }

        parts.AddRange(ticket.Unknown.Select(fact => new TextPart(Phrase.Key("unknown.team", ("fact", UnknownFacts.LabelOf(fact, view.Desk))))));
        if (ticket.Script is not null || ticket.Item is not null)
        {
            parts.AddRange((await view.Snapshot.TextsAsync(ticket.Id)).Where(text => text is { Kind: "answer", Text.Length: > 0 }).Select(text => new TextPart(text.Text)));
        }

        parts.AddRange(await TaskCard.OverviewAsync(ticket, view));
        if (ticket.IsOpen && ticket.State != TicketState.Resolved)
        {
            parts.AddRange(await HintsAsync(ticket, view));
        }

        if (ticket.State == TicketState.Resolved)
        {
            parts.Add(new TextPart(Phrase.Key("team.verifying"), TextStyle.Subtle));
        }

        parts.Add(new TextPart(Phrase.Key(view.Channel == "teams" ? "team.thread-teams" : "team.thread"), TextStyle.Subtle));
        Button[] missing = ticket is { IsOpen: true, Unknown.Count: > 0 } ? [.. More(ticket, "fill-in", "not-needed")] : [];
        Button[] rest = isCut ? [.. More(ticket, "show-all")] : [];
        return new Card(parts, [.. Buttons(ticket), .. missing, .. rest]) { Summary = Phrase.Key("team.summary", ("ticket", ticket.Id), ("summary", view.Summary)) };
    }

    /// <summary>What the person said; where the summary is all of it, nothing more is read.</summary>
    private static async ValueTask<(string Words, bool IsCut)> WordsAsync(Ticket ticket, TicketView view)
    {
        if (!view.Summary.EndsWith(Summaries.More) || ExtendQuery.SaidBy(ticket.Reporter, await view.Snapshot.TextsAsync(ticket.Id)).ToList() is not { Count: > 0 } said)
        {
            return (view.Summary, false);
        }

        var words = Forwarded.WhatMatters(ExtendQuery.Whole(said));
        return (Summaries.Cut(words, LongestWords), words.Length > LongestWords);
    }

    /// <summary>What the thread was told too; where a program had done the work, there is no thread yet.</summary>
    private static async ValueTask<TextPart> WhyItIsBackAsync(Ticket ticket, TicketView view)
    {
        var reopened = (await view.Snapshot.EventsAsync(ticket.Id)).OfType<Reopened>().Last();
        var words = (await view.Snapshot.TextsAsync(ticket.Id)).FirstOrDefault(text => text.Id == reopened.Text)?.Text;
        return new TextPart(Phrase.Key("verify.told-no", ("person", await view.NameAsync(reopened.By)), ("ticket", ticket.Id), ("words", words ?? "")));
    }

    private static async ValueTask<List<Fact>> FactsAsync(Ticket ticket, TicketView view, People.Person? reporter)
    {
        var where = string.Join(", ", new[] { reporter?.Department, reporter?.Site }.Where(part => !string.IsNullOrEmpty(part)));
        var facts = new List<Fact>
        {
            new(Phrase.Key("fact.from"), where.Length > 0 ? $"{reporter?.Name} ({where})" : reporter?.Name ?? ticket.Reporter),
            new(Phrase.Key("fact.what"), Phrase.Key("team.what", ("type", Phrase.Key($"record.{ticket.Type}")), ("service", view.Desk.Service(ticket.Service)?.Name ?? Clarification.TitleOfCategory(ticket.Category ?? "")))),
            new(Phrase.Key("fact.priority"), Phrase.Key("team.priority", ("n", ticket.Priority), ("impact", Phrase.Key($"impact.{ticket.Impact}")), ("urgency", Phrase.Key($"urgency.{ticket.Urgency}")))),
        };
        if (ticket.Affected != ticket.Reporter)
        {
            facts.Insert(1, new Fact(Phrase.Key("fact.for"), await view.NameAsync(ticket.Affected)));
        }

        if (ticket.Evidence.Contains(SecuritySigns.Lost) && view.Desk.DevicesOf(ticket.Affected) is { Count: > 0 } devices)
        {
            facts.Add(new Fact(Phrase.Key("fact.devices"), string.Join(", ", devices)));
        }

        if (ticket.Deadline is { } deadline)
        {
            facts.Add(new Fact(Phrase.Key("fact.deadline"), Phrase.At(deadline)));
        }

        if (ticket is { IsOpen: true, Resolution: { } resolution })
        {
            facts.Add(new Fact(Phrase.Key("fact.due"), Phrase.At(resolution.Due)));
            if (ticket.Expected is { } expected)
            {
                facts.Add(new Fact(Phrase.Key("fact.expected"), Phrase.At(expected)));
            }
        }

        if (ticket is { Owner: null, Called.Count: > 0 })
        {
            facts.Add(new Fact(Phrase.Key("fact.called"), await view.NameAsync(ticket.Called[^1])));
        }

        facts.Add(new Fact(Phrase.Key("fact.owner"), ticket.Owner is null ? Phrase.Key("team.nobody") : await view.NameAsync(ticket.Owner)));
        if (ticket.Swarm.Count > 0)
        {
            var names = new List<Phrase>();
            foreach (var person in ticket.Swarm)
            {
                names.Add(await view.NameAsync(person));
            }

            facts.Add(new Fact(Phrase.Key("fact.swarm"), new Listing(names)));
        }

        if (ticket.Closure is { } closure)
        {
            facts.Add(new Fact(Phrase.Key("fact.closed"), Phrase.Key($"closed.{closure}")));
        }

        return facts;
    }

    private static async ValueTask<List<CardPart>> HintsAsync(Ticket ticket, TicketView view)
    {
        var hints = new List<CardPart>();
        if (ticket.Tried.Count > 0)
        {
            hints.Add(new TextPart(Phrase.Key("team.tried", ("articles", new Listing([.. ticket.Tried.Select(id => TriedAs(ticket, id, view.Desk))]))), TextStyle.Subtle));
        }

        if (ticket.Offered.Except(ticket.Tried, StringComparer.Ordinal).Select(id => (Phrase)(view.Desk.Article(id)?.Title ?? id)).ToList() is { Count: > 0 } shown)
        {
            hints.Add(new TextPart(Phrase.Key("team.shown", ("articles", new Listing(shown))), TextStyle.Subtle));
        }

        if (ticket.Route?.Skill is { } skill && Skilled(ticket, skill, view) is { Count: > 0 } skilled)
        {
            hints.Add(new TextPart(Phrase.Key("team.skilled", ("skill", skill), ("people", new Listing(skilled))), TextStyle.Subtle));
        }

        foreach (var solved in view.Alike.Take(3))
        {
            hints.Add(new TextPart(Phrase.Key("team.alike", ("ticket", solved.Ticket), ("summary", solved.Summary)), TextStyle.Subtle));
        }

        foreach (var solver in view.Alike.Where(solved => solved.Owner is not null).GroupBy(solved => solved.Owner!).OrderByDescending(group => group.Count()).Take(3))
        {
            hints.Add(new TextPart(Phrase.Key("team.suggested", ("person", await view.NameAsync(solver.Key)), ("n", solver.Count())), TextStyle.Subtle));
        }

        return hints;
    }

    private static Phrase TriedAs(Ticket ticket, string article, DeskContent desk)
    {
        var title = desk.Article(article)?.Title ?? article;
        return ticket.At is { } at && at.Article == article ? Phrase.Key("team.tried-to", ("article", title), ("n", at.Step + 1)) : title;
    }

    private static List<Phrase> Skilled(Ticket ticket, string skill, TicketView view) =>
        [.. view.Desk.People.Where(person => person.Skills.Contains(skill, StringComparer.OrdinalIgnoreCase) && view.Desk.Team(ticket.Team)?.Members.Contains(person.Id) == true).Select(person => (Phrase)person.Name)];

    private static IReadOnlyList<Button> Buttons(Ticket ticket) => ticket switch
    {
        { IsOpen: false } => [Of(ticket, "note", secondary: true), Of(ticket, "why", secondary: true)],
        { State: TicketState.Resolved } => [Of(ticket, "note"), Of(ticket, "reply"), Of(ticket, "why", secondary: true)],
        { State: TicketState.WaitingApproval } => [Of(ticket, "note"), Of(ticket, "why", secondary: true)],
        { Owner: null, Work: WorkKind.Novel } =>
        [
            Of(ticket, "join") with { Style = ButtonStyle.Primary },
            Of(ticket, "claim"),
            Of(ticket, "not-ours"),
            .. More(ticket, "resolve", "reply", "note", "assign", "wait", "change", "merge", "why"),
        ],
        { Owner: null } =>
        [
            Of(ticket, "claim") with { Style = ButtonStyle.Primary },
            Of(ticket, "join"),
            Of(ticket, "not-ours"),
            .. More(ticket, "resolve", "reply", "note", "assign", "wait", "change", "merge", "why"),
        ],
        _ =>
        [
            Of(ticket, "resolve") with { Style = ButtonStyle.Primary },
            Of(ticket, "reply"),
            Of(ticket, "note"),
            .. More(ticket, "claim", "join", "release", "wait", "assign", "not-ours", "change", "merge", "why"),
        ],
    };

    private static IEnumerable<Button> More(Ticket ticket, params string[] actions) => actions.Select(action => Of(ticket, action, secondary: true));

    private static Button Of(Ticket ticket, string action, bool secondary = false) =>
        new(Phrase.Key($"button.{action}"), action, new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket.Id }) { Secondary = secondary };
}
