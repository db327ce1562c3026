using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Simulation.Hosts;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>
/// Watches everything that is stored and sent, and knows by itself what has to come of it: its rules are written a second
/// time, from the requirements, so that a mistake in the desk's own does not excuse itself.
/// </summary>
internal sealed class Audit
{
    private readonly Journal _journal;

    public Audit(DeskContent desk, Journal journal, bool oneHost)
    {
        _journal = journal;
        Timers = new TimerAudit();
        Tickets = new TicketAudit(desk, Timers, this);
        Surveys = new SurveyAudit(desk.Policies.Survey, Tickets, this);
        Inbox = new InboxAudit(oneHost, this);
        Outgoing = new OutgoingAudit(this);
        Secrecy = new SecrecyAudit(desk, Tickets, this);
        Programs = new ProgramAudit(this);
    }

    /// <summary>The first rule that was broken, and how; <c>null</c>: none.</summary>
    public string? Failure { get; private set; }

    public InboxAudit Inbox { get; }

    public TicketAudit Tickets { get; }

    public TimerAudit Timers { get; }

    public SurveyAudit Surveys { get; }

    public OutgoingAudit Outgoing { get; }

    public SecrecyAudit Secrecy { get; }

    public ProgramAudit Programs { get; }

    public void Must(bool holds, string rule, string how)
    {
        if (!holds)
        {
            Fail(rule, how);
        }
    }

    public void Fail(string rule, string how)
    {
        Failure ??= $"{rule}: {how}";
        _journal.Write($"BROKEN {rule}: {how}");
    }

    /// <summary>A unit of work was applied, or refused as a whole.</summary>
    public void Committed(UnitOfWork unit, CommitResult result, SimulatedHost host)
    {
        _journal.Write($"{host.Life.Name} commits {string.Join(' ', unit.Writes.Select(Name))}: {result}");
        if (result != CommitResult.Done)
        {
            return;
        }

        Timers.Committed(unit);
        Inbox.Committed(unit);
        Outgoing.Committed(unit);
        Tickets.Committed(unit);
        Surveys.Committed(unit);
        Secrecy.Committed(unit);
        Programs.Committed(unit);
    }

    private static string Name(Write write) => write switch
    {
        PutTicket put => $"{put.Ticket.Id}@{put.ReadVersion}[{string.Join(',', put.Events.Select(happened => happened.Kind))} by {put.Events[^1].By}]",
        MarkTurnDone done => $"turn-{done.Seq}",
        SetTimer set => $"{set.Kind}({set.Subject})",
        TakeTimer { Timer: var timer } => $"ring {timer.Kind}({timer.Subject})",
        ClearTimer clear => $"-{clear.Kind}({clear.Subject})",
        ClearTimers clear => $"-timers({clear.Subject})",
        Send { Message: var message } => $"send({message.What.GetType().Name} {message.To.Conversation})",
        AddMirror add => $"hang({add.Mirror.Ticket} {add.Mirror.Kind} {add.Mirror.At.Conversation})",
        PutSurvey put => $"survey({put.Survey.Ticket} {put.Survey.State})",
        _ => write.GetType().Name,
    };
}
