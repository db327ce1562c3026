using System.Globalization;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Triage.Corrections;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Digests;

/// <summary>
/// What a manager reads about their teams: how far from target, what waits, and what people said. Teams and services only,
/// never a ranking of agents. Named answers as they are; anonymous ones from the smallest group's size up.
/// </summary>
public sealed record ManagerDigest(IReadOnlyList<TeamDigest> Teams)
{
    /// <summary>True when there is nothing new: no digest then.</summary>
    public bool IsEmpty => Teams.All(team => team.IsEmpty);

    /// <summary>The model that reads in place of the one that should; <c>null</c> when all is well.</summary>
    public string? StandIn { get; init; }

    /// <summary>Corrections of these teams' tickets that nobody has reviewed yet.</summary>
    public int ToReview { get; init; }

    /// <param name="from">Start of the window; usually the last digest.</param>
    public static async ValueTask<ManagerDigest> ReadAsync(IReadOnlyList<Team> teams, ITriageModel model, IDeskSnapshot snapshot, DeskContent desk, DateTimeOffset from, DateTimeOffset to)
    {
        var digests = new List<TeamDigest>();
        foreach (var team in teams)
        {
            digests.Add(await TeamDigest.ReadAsync(team, snapshot, desk, from, to));
        }

        return new ManagerDigest(digests)
        {
            StandIn = model.Problem is null ? null : model.Version,
            ToReview = await ToReviewAsync(teams, snapshot),
        };
    }

    private static async ValueTask<int> ToReviewAsync(IReadOnlyList<Team> teams, IDeskSnapshot snapshot)
    {
        var count = 0;
        foreach (var candidate in await snapshot.CandidatesAsync(ReviewState.Waiting))
        {
            var team = (await snapshot.TicketAsync(candidate.Ticket))?.Team;
            count += teams.Any(one => one.Id == team) ? 1 : 0;
        }

        return count;
    }

    public async ValueTask<Card> ToCardAsync(IDeskSnapshot snapshot, DateTimeOffset from, DateTimeOffset to)
    {
        var parts = new List<CardPart>
        {
            new TextPart(Phrase.Key("digest.title"), TextStyle.Heading),
            new TextPart(Phrase.Key("digest.window", ("from", Phrase.At(from)), ("to", Phrase.At(to))), TextStyle.Subtle),
        };
        foreach (var team in Teams.Where(team => !team.IsEmpty))
        {
            parts.AddRange(await team.LinesAsync(snapshot));
        }

        if (StandIn is not null)
        {
            parts.Add(new TextPart(Phrase.Key("digest.stand-in", ("model", StandIn))));
        }

        if (ToReview > 0)
        {
            parts.Add(new TextPart(Phrase.Key("digest.to-review", ("n", ToReview)), TextStyle.Subtle));
        }

        return new Card(parts, []) { Summary = Phrase.Key("digest.title") };
    }
}

/// <summary>One team's figures of the window. Each reconciles with the tickets it counts.</summary>
public sealed record TeamDigest(
    Team Team,
    IReadOnlyList<Ticket> Opened,
    IReadOnlyList<Ticket> Closed,
    IReadOnlyList<Ticket> Open,
    IReadOnlyList<NamedFeedback> Named,
    IReadOnlyList<AnonymousFeedback> Anonymous,
    int WithheldAnonymous,
    DateTimeOffset At)
{
    public bool IsEmpty => Opened.Count == 0 && Closed.Count == 0 && Named.Count == 0 && Anonymous.Count == 0;

    public static async ValueTask<TeamDigest> ReadAsync(Team team, IDeskSnapshot snapshot, DeskContent desk, DateTimeOffset from, DateTimeOffset to)
    {
        var opened = await snapshot.TicketsAsync(new TicketFilter(Team: team.Id, OpenedFrom: from, Limit: 1000));
        var closed = await snapshot.TicketsAsync(new TicketFilter(Team: team.Id, ClosedFrom: from, Limit: 1000));
        var open = await snapshot.TicketsAsync(new TicketFilter(Team: team.Id, OpenOnly: true, Limit: 1000));
        var named = await snapshot.NamedFeedbackAsync(team.Id, from, to);
        // Anonymous answers know only their week: the whole week counts, and too few of them say nothing.
        var anonymous = await snapshot.AnonymousFeedbackAsync(team.Id, Weeks.MondayOf(from), Weeks.MondayOf(to));
        var enough = anonymous.Count >= desk.Policies.Survey.SmallestGroup;
        return new TeamDigest(team, opened, closed, open, named, enough ? anonymous : [], enough ? 0 : anonymous.Count, to);
    }

    public async ValueTask<IEnumerable<CardPart>> LinesAsync(IDeskSnapshot snapshot)
    {
        var late = Open.Count(ticket => ticket.Resolution is { Met: null } target && target.Due < At);
        var measured = Closed.Where(ticket => ticket.Resolution?.Met is not null).ToList();
        var unowned = Open.Count(ticket => ticket.Owner is null && ticket.State == TicketState.Queued);
        var parts = new List<CardPart>
        {
            new TextPart(Team.Name, TextStyle.Heading),
            new FactsPart(
            [
                new Fact(Phrase.Key("digest.target"), measured.Count == 0 ? Phrase.Key("digest.no-data") : Phrase.Key("digest.of", ("n", measured.Count(ticket => ticket.Resolution!.Met == true)), ("all", measured.Count))),
                new Fact(Phrase.Key("digest.stops"), Phrase.Key("digest.waiting", ("n", unowned), ("late", late))),
                new Fact(Phrase.Key("digest.flow"), Phrase.Key("digest.in-out", ("in", Opened.Count), ("out", Closed.Count), ("open", Open.Count))),
                new Fact(Phrase.Key("digest.confirmed"), Phrase.Key("digest.of", ("n", Closed.Count(ticket => ticket.Closure is TicketClosure.Confirmed or TicketClosure.Fulfilled)), ("all", Closed.Count))),
            ]),
        };
        if (Opened.Count(ticket => ticket.Prediction?.Model == ITriageModel.Rules) is var fallback and > 0)
        {
            parts.Add(new TextPart(Phrase.Key("digest.fallback", ("n", fallback), ("all", Opened.Count))));
        }

        parts.AddRange(await FeedbackAsync(snapshot));
        return parts;
    }

    private async ValueTask<List<CardPart>> FeedbackAsync(IDeskSnapshot snapshot)
    {
        var parts = new List<CardPart>();
        var scores = Named.Select(feedback => feedback.Scores).Concat(Anonymous.Select(feedback => feedback.Scores)).ToList();
        if (scores.Count > 0)
        {
            parts.Add(new FactsPart(
            [
                new Fact(Phrase.Key("digest.function"), Phrase.Key("digest.of", ("n", scores.Count(score => score.Function == "yes")), ("all", scores.Count))),
                new Fact(Phrase.Key("digest.feeling"), Phrase.Key("digest.mean", ("mean", scores.Average(score => score.Feeling).ToString("0.0", CultureInfo.InvariantCulture)), ("all", scores.Count))),
                new Fact(Phrase.Key("digest.need"), Phrase.Key("digest.of", ("n", scores.Count(score => score.Need == "yes")), ("all", scores.Count))),
            ]));
        }

        foreach (var feedback in Named.Where(feedback => feedback.Scores.Comment is not null))
        {
            var name = (await snapshot.PersonAsync(feedback.Person))?.Name ?? feedback.Person;
            parts.Add(new TextPart(Phrase.Key("digest.said", ("person", name), ("ticket", feedback.Ticket)), TextStyle.Subtle));
            parts.Add(new TextPart(feedback.Scores.Comment!, TextStyle.Quote));
        }

        foreach (var feedback in Anonymous.Where(feedback => feedback.Scores.Comment is not null))
        {
            parts.Add(new TextPart(feedback.Scores.Comment!, TextStyle.Quote));
        }

        if (WithheldAnonymous > 0)
        {
            parts.Add(new TextPart(Phrase.Key("digest.withheld"), TextStyle.Subtle));
        }

        return parts;
    }
}
