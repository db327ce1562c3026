using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Feedback;

/// <summary>The answers arrive. Named ones can be answered back; anonymous ones keep team and week only.</summary>
public sealed record AnswerSurvey(Scores? Scores, bool Named) : TicketAction
{
    public override Right Needs => Right.Own;

    public override bool OnClosed => true;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (await turn.Snapshot.SurveyAsync(ticket.Id) is not { State: "offered" } survey || survey.Person != turn.Actor.Id)
        {
            turn.Refuse(Phrase.Key("survey.over"));
            return;
        }

        turn.Decision.Add(new PutSurvey(survey with { State = Scores is null ? "skipped" : "answered" }));
        turn.Decision.Add(new ClearTimer(ticket.Id, TimerKinds.SurveyExpires));
        if (Scores is null)
        {
            return;
        }

        if (Named)
        {
            turn.Decision.Add(new PutNamedFeedback(new NamedFeedback(Guid.CreateVersion7(turn.Now).ToString("N"), ticket.Id, turn.Actor.Id, survey.Team, Scores, MayContact: true, turn.Now)));
            turn.Decision.Apply(ticket, new SurveyAnswered { At = turn.Now, By = turn.Actor.Id });
        }
        else
        {
            turn.Decision.Add(new PutAnonymousFeedback(new AnonymousFeedback(survey.Team, Weeks.MondayOf(turn.Now), Scores)));
        }
    }
}
