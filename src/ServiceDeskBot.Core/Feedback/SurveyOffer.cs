using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Feedback;

/// <summary>When feedback is asked for: after closure, where the person is talking, at most once per person per cool-down.</summary>
public static class SurveyOffer
{
    /// <summary>The name of the dialog that asks; lies in the dialogs project.</summary>
    public const string Dialog = "survey";

    public static async ValueTask AfterClosingAsync(TurnContext turn, Ticket closed)
    {
        var policy = turn.Desk.Policies.Survey;
        var last = await turn.Snapshot.LastSurveyAsync(closed.Reporter);
        var sensitive = closed.Restricted || closed.Type == "complaint" || closed.Reopened > 0;
        if (sensitive || closed.Reporter != turn.Actor.Id || (last is { } at && turn.Now - at < policy.CoolDown))
        {
            return;
        }

        // Two tickets that close in two conversations at once do not see each other's survey: of their marks only one can be written.
        var (mark, today) = ($"survey/{closed.Reporter}", DateOnly.FromDateTime(turn.Now.UtcDateTime));
        if (await turn.Snapshot.WasToldAsync(mark, today))
        {
            return;
        }

        turn.Decision.Add(new MarkTold(mark, today));
        turn.Decision.Apply(closed, new SurveySent { At = turn.Now, By = "desk" });
        turn.Decision.Add(new PutSurvey(new Survey(closed.Id, closed.Reporter, closed.Team ?? turn.Desk.Teams[0].Id, turn.Now, "offered")));
        turn.Decision.Add(new SetTimer(closed.Id, TimerKinds.SurveyExpires, turn.Now + policy.Expires));
        turn.Begin(DialogFrame.Of(Dialog, 1, new SurveyState(closed.Id), turn.Now));
        turn.Decision.Say(turn.Place, SurveyCards.Function(closed.Id), turn.Actor);
    }

    /// <summary>The ticket is open again: what was asked, or was to be asked, is taken back.</summary>
    public static async ValueTask WithdrawAsync(TurnContext turn, Ticket ticket)
    {
        if (await turn.Snapshot.SurveyAsync(ticket.Id) is { State: "offered" } survey)
        {
            turn.Decision.Add(new PutSurvey(survey with { State = "withdrawn" }));
            turn.Decision.Add(new ClearTimer(ticket.Id, TimerKinds.SurveyExpires));
            turn.End(Dialog);
        }
    }
}
