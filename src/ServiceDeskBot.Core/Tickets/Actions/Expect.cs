using System.Globalization;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>It takes longer: those who work on it say until when, and the person hears it with the reason. The target by which they are measured stays.</summary>
/// <param name="Hours">Of working time from now; <c>null</c>: asked for.</param>
public sealed partial record Expect(int? Hours, string? Words) : TicketAction
{
    private const int HoursOfADay = 10;
    private static readonly int[] Spans = [2, 5, 10, 20, 50, 100];

    public override Right Needs => Right.Work;

    public override bool AfterApproval => true;

    public static Expect From(IReadOnlyDictionary<string, string> fields) =>
        new(int.TryParse(fields.GetValueOrDefault("hours"), NumberStyles.None, CultureInfo.InvariantCulture, out var hours) && Spans.Contains(hours) ? hours : null, fields.GetValueOrDefault("text")?.Trim());

    /// <summary>"2 days the part is on order": how long, then why.</summary>
    public static Expect Typed(string words) => Span().Match(words) is { Success: true } span && int.TryParse(span.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n)
        ? new(Math.Clamp(n * (span.Groups["unit"].Value[0] is 'd' or 'D' or 't' or 'T' ? HoursOfADay : 1), 1, HoursOfADay * 100), span.Groups["why"].Value.Trim())
        : new(null, null);

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (ticket.State == TicketState.Resolved || ticket.Resolution is null)
        {
            turn.Refuse(Phrase.Key("expect.not-now", ("ticket", ticket.Id)));
            return;
        }

        if (Hours is not { } hours)
        {
            turn.Decision.Answer = Ask(ticket);
            return;
        }

        var due = WorkingTime.Add(turn.Desk.CalendarOf(turn.Desk.Team(ticket.Team) ?? turn.Desk.Teams[0]), turn.Now, TimeSpan.FromHours(hours));
        var text = string.IsNullOrEmpty(Words) ? null : turn.Decision.Keep(ticket.Id, "reply", turn.Actor.Id, "user", Words);
        var expected = turn.Decision.Apply(ticket, new ExpectationStated(due) { At = turn.Now, By = turn.Actor.Id, Text = text });
        Foresight.Watch(turn, expected);
        turn.Decision.Add(new ClearTimer(ticket.Id, TimerKinds.NextWord));
        List<CardPart> told = [new TextPart(Phrase.Key($"expect.told-{Foresight.WayOf(ticket)}", ("agent", turn.Actor.Name), ("ticket", ticket.Id), ("due", Phrase.At(due))))];
        if (text is not null)
        {
            told.Add(new TextPart(Words!, TextStyle.Quote));
        }

        await turn.TellRequesterAsync(expected, new Card(told, []));
        await turn.TellTeamAsync(expected, Card.Of(Phrase.Key("expect.told-team", ("agent", turn.Actor.Name), ("ticket", ticket.Id), ("due", Phrase.At(due)))));
    }

    private static ShowForm Ask(Ticket ticket) => new(new Form(
        "longer",
        Phrase.Key("expect.title", ("ticket", ticket.Id)),
        Phrase.Key("expect.submit"),
        [
            new InputPart("hours", Phrase.Key("expect.label"), InputKind.Choice, Required: true) { Choices = [.. Spans.Select(hours => new Choice(Phrase.Key($"expect.hours-{hours}"), hours.ToString(CultureInfo.InvariantCulture)))] },
            new InputPart("text", Phrase.Key("expect.why"), InputKind.LongText, Required: false),
        ],
        Of(ticket)));

    [GeneratedRegex(@"^\s*(?<n>\d{1,3})\s*(?<unit>hours?|h|days?|d|stunden?|std|tage?n?)\b[\s,:;.–-]*(?<why>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 2000)]
    private static partial Regex Span();
}

/// <summary>Asked whether it is done in time, those who work on it are sure.</summary>
public sealed record WillHold : TicketAction
{
    public override Right Needs => Right.Work;

    public override ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (Foresight.Due(ticket) is { } due && due > turn.Now && ticket.State != TicketState.Resolved)
        {
            turn.Decision.Apply(ticket, new HoldsOut(due) { At = turn.Now, By = turn.Actor.Id });
            turn.Refuse(Phrase.Key("expect.holds", ("ticket", ticket.Id), ("due", Phrase.At(due))));
        }
        else
        {
            turn.Refuse(Phrase.Key("expect.not-now", ("ticket", ticket.Id)));
        }

        return ValueTask.CompletedTask;
    }
}
