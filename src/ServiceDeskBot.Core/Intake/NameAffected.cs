using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Says whom a matter is about. The colleague is told once it is logged, so that nobody acts in their name unseen.</summary>
/// <param name="Person">Desk id; <c>null</c> for somebody the desk does not know.</param>
/// <param name="Words">How the reporter named them.</param>
public sealed record NameAffected(string? Person, string Words) : TicketAction
{
    /// <summary>The name of the dialog that asks who it is, and the action of its buttons.</summary>
    public const string Dialog = "behalf";

    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var text = turn.Decision.Keep(ticket.Id, "note", turn.Actor.Id, "user", Words);
        var named = turn.Decision.Apply(ticket, new AffectedNamed(Person ?? ticket.Affected) { At = turn.Now, By = turn.Actor.Id, Text = text });
        if (ticket.Type != "query")
        {
            await turn.TellTeamAsync(named, Card.Of(Phrase.Key("behalf.told-team", ("person", turn.Actor.Name), ("other", Words))), named.Owner);
            await TellAsync(turn, named, await turn.Snapshot.SummaryAsync(ticket.Id));
        }
    }

    /// <summary>The one it is about hears that it was reported for them, if the desk can write to them and it is nothing restricted.</summary>
    internal static async ValueTask TellAsync(TurnContext turn, Ticket record, string summary)
    {
        if (record.Affected != record.Reporter && !record.Restricted && record.Type is "incident" or "request" && await turn.ReachAsync(record.Affected) is { } place)
        {
            var reporter = await turn.NameAsync(record.Reporter);
            var asks = OnBehalf.NeedsAgreement(record, turn.Desk) && record.Agreement is null;
            var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = record.Id };
            if (asks)
            {
                turn.Decision.Apply(turn.Decision.Current(record), new AgreementMarked(AgreementState.Asked) { At = turn.Now, By = "desk" });
            }

            turn.Decision.Say(
                place,
                new Card(
                    [new TextPart(Phrase.Key(asks ? "behalf.ask" : "behalf.told", ("person", reporter), ("ticket", record.Id))), new TextPart(summary, TextStyle.Quote)],
                    asks ? [new Button(Phrase.Key("button.agree"), "agree", data) { Style = ButtonStyle.Primary }, new Button(Phrase.Key("button.disagree"), "disagree", data)] : []),
                await turn.PersonAsync(record.Affected),
                record.Id);
        }
    }
}

/// <summary>The query about a colleague whose name is asked for.</summary>
public sealed record BehalfState(string Query);
