using System.Diagnostics;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.Stores;

/// <summary>Turns a unit of work into the statements that apply it. Done by the one who commits, so that the writer only runs them.</summary>
/// <param name="mark">How a turn is marked as decided.</param>
internal sealed class UnitSteps(TimeProvider clock, TurnMark mark)
{
    /// <remarks>People and tickets come first: other rows refer to them, and a unit, applied whole, has no order of its own.</remarks>
    public IReadOnlyList<Step> Of(UnitOfWork unit)
    {
        var steps = new List<Step>(unit.Writes.Count + 8);
        foreach (var write in unit.Writes)
        {
            switch (write)
            {
                case PutPerson put:
                    steps.Add(PeopleSql.Put.MustChange(put.Person.Id, PeopleSql.Address(put.Person.Email), Stored.Json(put.Person)));
                    break;
                case PutTicket put:
                    steps.AddRange(TicketSql.Put(put));
                    break;
            }
        }

        foreach (var write in unit.Writes)
        {
            if (write is not (PutPerson or PutTicket))
            {
                steps.AddRange(Of(write, unit));
            }
        }

        return steps;
    }

    private IEnumerable<Step> Of(Write write, UnitOfWork unit) => write switch
    {
        MarkTurnDone done => [Of(done, unit)],
        TakeTurn take => [Of(take)],
        RecordFailure failure => [InboxSql.RecordFailure.With(failure.Reason, failure.Seq)],
        BindAccount bind => [PeopleSql.BindAccount.With(
            bind.Channel, bind.Account, bind.Person, bind.Personal is null ? null : Stored.Json(bind.Personal), Stored.Moment(clock.GetUtcNow()))],
        PutConversation put => [Of(put)],
        PutText put => [TicketSql.Put(put.Text)],
        ChangeText change => [TicketSql.ChangeText.With(change.Text, change.Id)],
        Send send => OutboxSql.Send(send.Message),
        AddMirror add => MirrorSql.Hang(add.Mirror),
        LeaveMirror leave => [MirrorSql.Leave.With(leave.Mirror), MirrorSql.RefreshOne.With(leave.Mirror)],
        RefreshMirrors refresh => [MirrorSql.Refresh.With(refresh.Ticket)],
        TiePost tie => [MirrorSql.TiePost.With(tie.Channel, tie.Conversation, tie.PostId, tie.Ticket)],
        SetTimer set => [(set.OnlyIfAbsent ? TimerSql.SetIfAbsent : TimerSql.Set).With(set.Subject, set.Kind, Stored.Moment(set.Due))],
        TakeTimer take => [TimerSql.Take.MustChange(take.Timer.Subject, take.Timer.Kind, Stored.Moment(take.Timer.Due))],
        ClearTimer clear => [TimerSql.Clear.With(clear.Subject, clear.Kind)],
        ClearTimers clear => [TimerSql.ClearAll.With(clear.Subject)],
        BindTeam bind => [BindingSql.Put(bind)],
        PutSurvey put => [FeedbackSql.Put(put.Survey)],
        PutNamedFeedback put => [FeedbackSql.Put(put.Feedback)],
        PutAnonymousFeedback put => [FeedbackSql.Put(put.Feedback)],
        PutPrediction put => [TriageSql.Put(put.Prediction)],
        PutCandidate put => [TriageSql.Put(put.Candidate)],
        ErasePerson erase => PersonalSql.Erase(erase),
        MarkTold mark => [FeedbackSql.MarkDigest.MustChange(mark.News, Stored.Day(mark.Day))],
        _ => throw new UnreachableException($"No statement for {write.GetType().Name}."),
    };

    private Step Of(MarkTurnDone done, UnitOfWork unit)
    {
        var keepsTurn = !done.Forget && unit.Writes.Any(write => write is RecordFailure failure && failure.Seq == done.Seq);
        return (keepsTurn ? mark.Failed : mark.Done).MustChange(Stored.Moment(clock.GetUtcNow()), Stored.Json(done.Answer), done.Seq);
    }

    private Step Of(TakeTurn take)
    {
        var now = Stored.Moment(clock.GetUtcNow());
        return InboxSql.Take.MustChange(take.Turn.Key, take.Turn.Place.Key, now, now, Stored.Json(take.Answer));
    }

    private static Step Of(PutConversation put) => put.State.Version == 0
        ? ConversationSql.Begin.MustChange(put.Conversation, put.Person, Stored.Json(put.State))
        : ConversationSql.Continue.MustChange(Stored.Json(put.State), put.Conversation, put.Person, put.State.Version);
}
