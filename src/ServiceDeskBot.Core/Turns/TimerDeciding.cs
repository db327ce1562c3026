using ServiceDeskBot.Core.Approvals;
using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Digests;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Operations;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Triage.Reports;

namespace ServiceDeskBot.Core.Turns;

/// <summary>What happens when a timer is due. Every branch clears or moves its timer, so that none rings for ever.</summary>
public static class TimerDeciding
{
    public static async ValueTask<Decision> DecideAsync(DueTimer timer, IDeskSnapshot snapshot, DeskBrain brain, Func<ValueTask<long>> nextNumber, DateTimeOffset now)
    {
        var decision = new Decision(now);
        var ticket = await snapshot.TicketAsync(timer.Subject);
        var place = ticket is null ? null : (await snapshot.MirrorsAsync(ticket.Id)).FirstOrDefault(mirror => mirror.Kind == MirrorKind.Requester)?.At;
        var context = new TurnContext(TurnContext.DeskItself, place ?? Nowhere, snapshot, brain.Desk, brain.Channels, nextNumber, decision) { Reading = brain.Reading };
        switch (timer.Kind)
        {
            case TimerKinds.Unconfirmed when ticket is { IsOpen: true, Type: "query" }:
                await LogUnconfirmedAsync(context, ticket);
                break;
            case TimerKinds.VerifyReminder when ticket is { State: TicketState.Resolved }:
                decision.Add(new SetTimer(ticket.Id, TimerKinds.VerifyClose, now + brain.Desk.Policies.Verification.Close));
                await context.TellRequesterAsync(ticket, new Card([new TextPart(Phrase.Key("verify.reminder", ("ticket", ticket.Id), ("until", Phrase.At(now + brain.Desk.Policies.Verification.Close))))], Verification.Buttons(ticket)));
                break;
            case TimerKinds.VerifyClose when ticket is { State: TicketState.Resolved }:
                decision.Apply(ticket, new Closed(TicketClosure.NotConfirmed) { At = now, By = "desk" });
                await context.TellRequesterAsync(ticket, Card.Of(Phrase.Key("verify.closed-silent", ("ticket", ticket.Id))));
                break;
            case TimerKinds.ApprovalReminder when ticket is { State: TicketState.WaitingApproval }:
                await Approval.RemindAsync(context, ticket);
                return decision;
            case TimerKinds.ApprovalExpires when ticket is { State: TicketState.WaitingApproval }:
                await Approval.ExpireAsync(context, ticket);
                return decision;
            case TimerKinds.OnCall when ticket is { IsOpen: true, Owner: null }:
                decision.Add(new ClearTimer(timer.Subject, timer.Kind));
                await OnCall.CallAsync(context, ticket);
                return decision;
            case TimerKinds.MayMiss when ticket is { IsOpen: true, State: not TicketState.Resolved }:
                await Foresight.AskAsync(context, ticket);
                break;
            case TimerKinds.WillMiss when ticket is { IsOpen: true, State: not TicketState.Resolved }:
                // Set anew or over: the branch decides, and the last word wins.
                decision.Add(new ClearTimer(timer.Subject, timer.Kind));
                await Foresight.TellAsync(context, ticket);
                return decision;
            case TimerKinds.NextWord when ticket is { IsOpen: true, State: not TicketState.Resolved }:
                await Foresight.RemindAsync(context, ticket);
                break;
            case TimerKinds.Complaint when ticket is { IsOpen: true, Type: "complaint", State: not TicketState.Resolved }:
                decision.Add(new ClearTimer(timer.Subject, timer.Kind));
                await Complaint.EscalateAsync(context, ticket);
                return decision;
            case TimerKinds.Coming:
                await Announcement.RingAsync(context, timer);
                return decision;
            case TimerKinds.Unknown when ticket is { IsOpen: true, State: not TicketState.Resolved, Unknown.Count: > 0 }:
                await UnknownFacts.ChaseAsync(context, ticket);
                break;
            case TimerKinds.SurveyExpires when await snapshot.SurveyAsync(timer.Subject) is { State: "offered" } survey:
                decision.Add(new PutSurvey(survey with { State = "expired" }));
                break;
            case TimerKinds.Sweep:
                await OpenRecordSweep.RunAsync(context);
                ExpiringTraining.Watch(context);
                decision.Add(new SetTimer(timer.Subject, timer.Kind, now + TimeSpan.FromHours(1)));
                return decision;
            case TimerKinds.Training:
                await ExpiringTraining.RingAsync(context, timer);
                return decision;
            case TimerKinds.Health:
                await OwnHealth.RunAsync(context);
                decision.Add(new SetTimer(timer.Subject, timer.Kind, now + OwnHealth.Every));
                return decision;
            case TimerKinds.Watch:
                await TriageWatch.RunAsync(context);
                decision.Add(new SetTimer(timer.Subject, timer.Kind, now + TriageWatch.Every));
                return decision;
            case TimerKinds.Digest when await snapshot.PersonAsync(timer.Subject) is { } manager && manager.Is("manager"):
                await DigestPost.DueAsync(context, manager);
                return decision;
        }

        decision.Add(new ClearTimer(timer.Subject, timer.Kind));
        return decision;
    }

    private static Place Nowhere { get; } = new("", "", null, PlaceKind.Personal);

    /// <summary>Nobody tapped: logged as understood, marked, and everybody told.</summary>
    private static async ValueTask LogUnconfirmedAsync(TurnContext context, Ticket query)
    {
        if (query.Asks is { About: SeveralMatters.About })
        {
            await SplitQuery.ApartAsync(context, query, confirmed: false, loggedAtOnce: true);
            return;
        }

        var record = await Conversion.RouteAsync(context, await Conversion.ConvertAsync(context, query, confirmed: false));
        foreach (var mirror in await context.Snapshot.MirrorsAsync(query.Id))
        {
            var reporter = await context.PersonAsync(query.Reporter);
            var next = Availability.Promise("intake.logged-unconfirmed", context.Desk.Team(record.Team) ?? context.Desk.Teams[0], context.Desk, context.Now, record);
            context.Decision.Say(mirror.At, Card.Of(Phrase.Key("intake.unconfirmed", ("ticket", record.Id)), next), reporter, record.Id);
        }
    }
}
