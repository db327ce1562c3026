using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Fulfilment;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.ServiceLevels;

namespace ServiceDeskBot.Core.Tickets.Cards;

/// <summary>
/// What the person sees of their matter, from the first restatement to the end: one message that changes as things happen.
/// <para>A query shows what was understood and asks <em>That's right / Change something / Talk to a person</em>; where an
/// answer may help at once, it leads and <em>Just log it</em> takes the place of <em>That's right</em>.</para>
/// </summary>
public static class RequesterCard
{
    /// <summary>An article with more steps is shown one step at a time.</summary>
    private const int ListedSteps = 5;

    public static async ValueTask<Card> ForAsync(Ticket ticket, TicketView view) =>
        ticket.Type != "query" ? await RecordAsync(ticket, view)
        : ticket.Closure == TicketClosure.SelfSolved ? Card.Of(Phrase.Key("intake.self-solved"))
        : ticket.Closure == TicketClosure.Cancelled ? Card.Of(Phrase.Key("intake.cancelled"))
        : ticket.Closure == TicketClosure.Duplicate ? await AddedAsync(ticket, view)
        : ticket.IsOpen ? await RestateAsync(ticket, view)
        : Card.Of(Phrase.Key("intake.logged-already", ("ticket", Became(ticket))));

    /// <summary>What the query became: one record, or several when it held several matters.</summary>
    private static Phrase Became(Ticket query) =>
        query.Links.Where(link => link.Rel == "became").Select(link => (Phrase)link.Id).ToList() is { Count: > 0 } became ? new Listing(became) : query.Id;

    /// <summary>The query was the same matter as a ticket of theirs: whoever asks twice wants to know how that stands.</summary>
    private static async ValueTask<Card> AddedAsync(Ticket query, TicketView view)
    {
        var id = query.Links.Last(link => link.Rel == "duplicate-of").Id;
        var added = new TextPart(Phrase.Key("again.added", ("ticket", id)));
        return new Card(await view.Snapshot.TicketAsync(id) is { IsOpen: true } other ? [added, new TextPart(await StateAsync(other, view))] : [added], []);
    }

    private static async ValueTask<Card> RestateAsync(Ticket query, TicketView view)
    {
        var articles = query.Offered.Except(query.Tried).Select(view.Desk.Article).OfType<Article>().ToList();
        var item = query.Prediction?.Type == "request" ? view.Desk.Item(query.Item) : null;
        var person = FirstName(await view.NameAsync(query.Reporter));
        if (query.Asks is { About: SeveralMatters.About })
        {
            var words = (await view.Snapshot.TextsAsync(query.Id)).Where(text => text.Kind == SplitQuery.PartKind && text.Text.Length > 0).Select(text => text.Text).ToList();
            if (words.Count >= 2)
            {
                return QuestionCard.ForParts(query, [.. words.TakeLast(query.Asks.Candidates.Count)], person, view.Desk);
            }
        }
        else if (query.Asks is { About: SameAgain.About, Candidates: [var again] })
        {
            if (await view.Snapshot.TicketAsync(again) is { IsOpen: true } open)
            {
                return QuestionCard.ForAgain(query, open, await view.Snapshot.SummaryAsync(again), await StateAsync(open, view), person);
            }
        }
        else if (query.Asks is { } asked)
        {
            return QuestionCard.For(query, asked, person, view.Summary);
        }

        if (query is { Prediction.Type: "idea", Evidence: var seen } && !seen.Contains(Understanding.UnsureCode))
        {
            return QuestionCard.ForIdea(query, await view.NameAsync(Wish.OwnerOf(query, view.Desk)), person, view.Summary);
        }

        var parts = new List<CardPart> { new TextPart(Phrase.Key(query.Frustrated ? "intake.sorry" : "intake.ack", ("person", person)), TextStyle.Heading) };
        if (articles.Count > 0)
        {
            parts.Add(new TextPart(Phrase.Key("intake.try-first")));
            parts.AddRange(articles.SelectMany(article => Offer(article, query)));
        }

        parts.AddRange(SafeStep.PartsFor(query, view.Desk));
        parts.Add(new TextPart(Phrase.Key("intake.understood")));
        parts.Add(new TextPart(view.Summary, TextStyle.Quote));
        parts.Add(new FactsPart([.. Understood(query, await view.NameAsync(query.Affected), view.Desk), .. item is null ? [] : await ItemFacts.OfAsync(item, query.Reporter, query.Affected, view.Desk, view.Snapshot, view.Now)]));
        var team = view.Desk.Team(query.Team) ?? view.Desk.Teams[0];
        if (query.Evidence.Contains(Understanding.UnsureCode))
        {
            parts.Add(new TextPart(Phrase.Key("clarify.team-first", ("team", team.Name))));
        }

        parts.Add(new TextPart(Availability.Promise(articles.Count > 0 ? "intake.if-logged" : "intake.next", team, view.Desk, view.Now, query)));
        if (query.Deadline is { } deadline && deadline < Promises.Response(query, view.Desk, view.Now))
        {
            // Nobody is even there before: better said now than noticed then.
            parts.Add(new TextPart(Phrase.Key("intake.too-late", ("deadline", Phrase.At(deadline)))));
        }

        if (query.Evidence.Contains(RegisterQuery.HealthCode))
        {
            parts.Add(new TextPart(Phrase.Key("intake.masked-health")));
        }

        if (query.Evidence.Contains(RegisterQuery.MaskedCode))
        {
            parts.Add(new TextPart(Phrase.Key("intake.masked")));
        }

        return new Card(parts, Buttons(query, articles.Count > 0)) { Summary = Phrase.Key("intake.summary", ("person", person)) };
    }

    private static IEnumerable<Fact> Understood(Ticket query, string affected, DeskContent desk)
    {
        yield return new Fact(Phrase.Key("fact.what"), Phrase.Key($"type.{query.Prediction?.Type ?? "other"}"));
        if (desk.Service(query.Service) is { } service)
        {
            yield return new Fact(Phrase.Key("fact.service"), service.Name);
        }
        else if (query.Category is not (null or "other"))
        {
            yield return new Fact(Phrase.Key("fact.service"), Clarification.TitleOfCategory(query.Category));
        }

        if (query.Prediction?.Type is "incident" or "complaint")
        {
            yield return new Fact(Phrase.Key("fact.who"), Phrase.Key($"impact.{query.Impact}"));
        }

        if (query.Affected != query.Reporter)
        {
            yield return new Fact(Phrase.Key("fact.for"), affected);
        }

        if (query.Deadline is { } deadline)
        {
            yield return new Fact(Phrase.Key("fact.deadline"), Phrase.At(deadline));
        }

        yield return new Fact(Phrase.Key("fact.priority"), Phrase.Key($"priority.{query.Priority}"));
    }

    private static IEnumerable<CardPart> Offer(Article article, Ticket query)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id, ["article"] = article.Id };
        yield return new TextPart(article.Title, TextStyle.Heading);
        if (article.Steps.Count > ListedSteps)
        {
            // Nobody reads a manual in a chat: one step at a time.
            var at = query.At is { } reached && reached.Article == article.Id ? Math.Clamp(reached.Step, 0, article.Steps.Count - 1) : 0;
            yield return new TextPart(Phrase.Key("article.step", ("n", at + 1), ("of", article.Steps.Count), ("step", article.Steps[at])));
            yield return new ButtonsPart(
                [
                    at < article.Steps.Count - 1
                        ? new Button(Phrase.Key("button.step-done"), "step-done", new Dictionary<string, string>(data, StringComparer.Ordinal) { ["step"] = at.ToString(System.Globalization.CultureInfo.InvariantCulture) })
                        : new Button(Phrase.Key("button.solved"), "solved", data),
                    new Button(Phrase.Key("button.step-failed"), "not-this", data),
                ]);
            yield break;
        }

        yield return new TextPart(new Listing([.. article.Steps.Select((step, i) => (Phrase)$"{i + 1}. {step}")], "\n"));
        yield return new ButtonsPart([new Button(Phrase.Key("button.solved"), "solved", data), new Button(Phrase.Key("button.not-this"), "not-this", data)]);
    }

    private static IReadOnlyList<Button> Buttons(Ticket query, bool articlesLead)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id };
        return
        [
            new Button(Phrase.Key(articlesLead ? "button.just-log" : "button.confirm"), "confirm", data) { Style = articlesLead ? ButtonStyle.Default : ButtonStyle.Primary },
            new Button(Phrase.Key("button.change-query"), "change-query", data),
            new Button(Phrase.Key("button.person"), "person", data),
        ];
    }

    private static async ValueTask<Card> RecordAsync(Ticket ticket, TicketView view)
    {
        var parts = new List<CardPart>
        {
            new TextPart(Phrase.Key("record.title", ("ticket", ticket.Id), ("summary", view.Summary)), TextStyle.Heading),
            new TextPart(await StateAsync(ticket, view)),
        };
        parts.AddRange(await TaskCard.OverviewAsync(ticket, view));
        parts.AddRange(SafeStep.PartsFor(ticket, view.Desk));
        var replacement = await SafeStep.ReplacementAsync(ticket, view);
        if (replacement is not null)
        {
            parts.Add(new TextPart(Phrase.Key("safe.replacement")));
        }

        if (ticket.IsOpen && ticket.State != TicketState.Resolved)
        {
            if (Foresight.Due(ticket) is { } due)
            {
                var facts = new List<Fact> { new(Phrase.Key($"fact.by-{Foresight.WayOf(ticket)}"), Phrase.At(due)) };
                if (ticket.NextUpdate is { } next && next != ticket.Expected)
                {
                    facts.Add(new Fact(Phrase.Key("fact.next-word"), Phrase.At(next)));
                }

                parts.Add(new FactsPart(facts));
                parts.AddRange(NeededSooner(ticket, due, view));
            }

            parts.Add(new TextPart(Phrase.Key("record.write-here"), TextStyle.Subtle));
        }

        Button[] order = replacement is null ? [] : [OrderForm.Opener(replacement)];
        return new Card(parts, ticket.IsOpen && ticket.State != TicketState.Resolved ? [.. order, .. OwnButtons(ticket)] : order);
    }

    /// <summary>Whoever named a time, and is promised a later one, must not think that it was overheard.</summary>
    public static IEnumerable<CardPart> NeededSooner(Ticket ticket, DateTimeOffset due, TicketView view) =>
        ticket.Deadline is { } deadline && deadline < due && deadline > view.Now
            ? [new TextPart(Phrase.Key("record.needed-sooner", ("deadline", Phrase.At(deadline)), ("team", view.Desk.Team(ticket.Team)?.Name ?? "")))]
            : [];

    private static IReadOnlyList<Button> OwnButtons(Ticket ticket)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket.Id, ["question"] = "which" };
        var cancel = new Button(Phrase.Key("button.cancel"), SelfService.CancelState.Dialog, data) { Secondary = true };
        return ticket.Contested ? [cancel] : [new Button(Phrase.Key("button.pressing"), SelfService.PressingState.Dialog, data) { Secondary = true }, cancel];
    }

    /// <summary>One sentence on where it stands, in plain words.</summary>
    public static async ValueTask<Phrase> StateAsync(Ticket ticket, TicketView view)
    {
        var team = ("team", (Phrase)(view.Desk.Team(ticket.Team)?.Name ?? ""));
        var owner = ("owner", (Phrase)FirstName(await view.NameAsync(ticket.Owner)));
        return ticket.State switch
        {
            _ when Wish.IsWish(ticket) && ticket.IsOpen => Phrase.Key(Wish.IsIdea(ticket) ? "state.idea" : "state.wish", owner),
            TicketState.Resolved when ticket.Tasks.Count > 0 && ticket.Tasks.All(task => task.IsDone) => Phrase.Key("state.tasks-done"),
            TicketState.InProgress when ticket.Tasks.Any(task => !task.IsDone) && !ticket.Tasks.Any(task => task.State == TaskState.Failed) => Tasks(ticket),
            TicketState.Assigned or TicketState.InProgress when ticket is { Type: "complaint", Escalated: [.., var above] } => Phrase.Key("complaint.gone-up", owner, ("person", await view.NameAsync(above))),
            TicketState.Assigned when ticket is { Type: "complaint", Response: { } answer } => Complaint.Next(ticket, view.Desk) is { } next
                ? Phrase.Key("complaint.owned", owner, ("by", Phrase.At(answer.Due)), ("next", await view.NameAsync(next)))
                : Phrase.Key("complaint.owned-top", owner, ("by", Phrase.At(answer.Due))),
            TicketState.Registered => Phrase.Key("state.registered"),
            TicketState.Queued when ticket.Prediction?.Type == "human" => Availability.Promise("person", view.Desk.Team(ticket.Team) ?? view.Desk.Teams[0], view.Desk, view.Now, ticket),
            TicketState.Queued when ticket.Called.Count > 0 => Phrase.Key("state.on-call", ("person", FirstName(await view.NameAsync(ticket.Called[^1]))), team),
            TicketState.Queued when view.Desk.Team(ticket.Team) is { } known && Availability.BackAt(known, view.Desk, view.Now) is { } back => Phrase.Key("state.queued-closed", team, ("back", Phrase.At(back))),
            TicketState.Queued => Phrase.Key("state.queued", team),
            TicketState.WaitingUser => Phrase.Key("state.waiting-user", owner, team),
            TicketState.WaitingApproval => Phrase.Key("state.waiting-approval", ("approver", await view.NameAsync(ticket.Approver))),
            TicketState.Assigned or TicketState.InProgress => Phrase.Key("state.assigned", owner, team),
            TicketState.Resolved => Phrase.Key("state.resolved", owner),
            TicketState.Closed or TicketState.Cancelled => Phrase.Key($"closure.{ticket.Closure}", ("other", ticket.Links.LastOrDefault(link => link.Rel == "duplicate-of")?.Id ?? "")),
            _ => Phrase.Key("state.other"),
        };
    }

    /// <summary>One status for all that goes on behind it; what was reopened after all was done has none left.</summary>
    private static Phrase Tasks(Ticket ticket)
    {
        var left = ticket.Tasks.Where(task => !task.IsDone).Select(task => task.Title).ToList();
        return Phrase.Key("state.tasks", ("done", ticket.Tasks.Count - left.Count), ("n", ticket.Tasks.Count), ("left", string.Join(", ", left)));
    }

    private static string FirstName(string name) => name.Split(' ', 2)[0];
}
