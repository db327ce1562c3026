using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets;

/// <summary>A complaint belongs to one named person from the start: the team's lead. Without an answer in time it goes up, from manager to manager, and its person hears that.</summary>
public static class Complaint
{
    /// <summary>Who gets it when nobody answers; <c>null</c> at the top.</summary>
    public static string? Next(Ticket complaint, DeskContent desk)
    {
        var last = complaint.Escalated.Count > 0 ? complaint.Escalated[^1] : complaint.Owner;
        var next = desk.People.FirstOrDefault(person => person.Id == last)?.Manager;
        return next is null || next == complaint.Reporter || complaint.Escalated.Contains(next) ? null : next;
    }

    internal static Ticket Own(TurnContext turn, Ticket complaint)
    {
        var team = turn.Desk.Team(complaint.Team) ?? turn.Desk.Teams[0];
        // Nobody looks into a complaint of their own.
        var owner = team.Members.Prepend(team.Lead).FirstOrDefault(person => person != complaint.Reporter && person != complaint.Affected) ?? team.Lead;
        turn.Decision.Add(new SetTimer(complaint.Id, TimerKinds.Complaint, complaint.Response!.Due));
        return turn.Decision.Apply(complaint, new Assigned(null, owner) { At = turn.Now, By = "desk" });
    }

    internal static async ValueTask EscalateAsync(TurnContext context, Ticket complaint)
    {
        var since = complaint.Escalated.Count;
        if ((await context.Snapshot.EventsAsync(complaint.Id)).Any(happened => happened is Replied or ExpectationStated or WaitingForUser) || Next(complaint, context.Desk) is not { } next)
        {
            return;
        }

        var escalated = context.Decision.Apply(complaint, new Escalated(next) { At = context.Now, By = "desk" });
        var due = ServiceLevels.Promises.Response(escalated, context.Desk, context.Now);
        context.Decision.Add(new SetTimer(complaint.Id, TimerKinds.Complaint, due));
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = complaint.Id };
        if (await context.ReachAsync(next) is { } place)
        {
            context.Decision.Say(
                place,
                new Card(
                    [
                        new TextPart(Phrase.Key("complaint.escalated-to", ("ticket", complaint.Id), ("person", await context.NameAsync(complaint.Reporter)), ("owner", await context.NameAsync(since == 0 ? complaint.Owner : complaint.Escalated[^1])))),
                        new TextPart(await context.Snapshot.SummaryAsync(complaint.Id), TextStyle.Quote),
                    ],
                    [new Button(Phrase.Key("button.reply"), "reply", data) { Style = ButtonStyle.Primary }]),
                await context.PersonAsync(next),
                complaint.Id);
        }

        var name = await context.NameAsync(next);
        await context.TellRequesterAsync(escalated, Card.Of(Phrase.Key("complaint.escalated", ("ticket", complaint.Id), ("person", name), ("by", Phrase.At(due)))));
        await context.TellTeamAsync(escalated, Card.Of(Phrase.Key("complaint.told-team", ("ticket", complaint.Id), ("person", name))), complaint.Owner);
    }
}
