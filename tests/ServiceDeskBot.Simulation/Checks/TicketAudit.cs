using System.Text.Json;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>Every change of a ticket: may it be, by whom, and is the stored row what the events make of it?</summary>
internal sealed class TicketAudit(DeskContent desk, TimerAudit timers, Audit audit)
{
    private readonly Dictionary<string, ShadowTicket> _tickets = new(StringComparer.Ordinal);
    private readonly HashSet<string> _changed = new(StringComparer.Ordinal);

    public IReadOnlyCollection<ShadowTicket> All => _tickets.Values;

    public ShadowTicket? Find(string id) => _tickets.GetValueOrDefault(id);

    public void Committed(UnitOfWork unit)
    {
        foreach (var put in unit.Writes.OfType<PutTicket>())
        {
            Change(put);
            Compare(put.Ticket);
            _changed.Add(put.Ticket.Id);
        }

        foreach (var put in unit.Writes.OfType<PutTicket>())
        {
            HasNextStep(put.Ticket);
        }
    }

    /// <summary>At a quiet moment: what is stored is what the events replay to.</summary>
    public async Task ReplayAsync(IDeskSnapshot snapshot)
    {
        foreach (var id in _changed)
        {
            var told = JsonSerializer.Serialize(TicketLife.Replay(await snapshot.EventsAsync(id)));
            var stored = JsonSerializer.Serialize(await snapshot.TicketAsync(id));
            audit.Must(told == stored, "events reproduce the stored ticket", $"{id}\n told   {told}\n stored {stored}");
        }

        _changed.Clear();
    }

    private void Change(PutTicket put)
    {
        var known = Find(put.Ticket.Id);
        audit.Must((known?.Version ?? 0) == put.ReadVersion, "no change is overwritten", $"{put.Ticket.Id} is at version {known?.Version}; a change on version {put.ReadVersion} was stored");
        var rules = new TicketRules(desk, audit, known);
        foreach (var happened in put.Events)
        {
            if (happened is Registered began)
            {
                audit.Must(known is null, "a number is given once", put.Ticket.Id);
                _tickets[began.Id] = known = new ShadowTicket(began);
                rules = new TicketRules(desk, audit, known);
            }
            else
            {
                rules.Check(known!, happened);
                Shadowing.Apply(known!, happened);
            }
        }
    }

    private void Compare(Ticket row)
    {
        var own = _tickets[row.Id];
        Same("type", own.Type, row.Type);
        Same("state", own.State, row.State);
        Same("team", own.Team, row.Team);
        Same("owner", own.Owner, row.Owner);
        Same("owned", own.Owner is not null, row.OwnedSince is not null);
        Same("swarm", string.Join(',', own.Swarm.Order(StringComparer.Ordinal)), string.Join(',', row.Swarm.Order(StringComparer.Ordinal)));
        Same("category", own.Category, row.Category);
        Same("closure", own.Closure, row.Closure);
        Same("closed", own.Closed, row.Closed);
        Same("restricted", own.Restricted, row.Restricted);
        Same("reopened", own.Reopened, row.Reopened);
        Same("approver", own.Approver, row.Approver);
        Same("version", own.Version, row.Version);
        Same("response due", own.ResponseDue, row.Response?.Due);
        Same("response met", own.ResponseMet, row.Response?.Met);
        Same("resolution due", own.ResolutionDue, row.Resolution?.Due);
        Same("resolution met", own.ResolutionMet, row.Resolution?.Met);
        audit.Must(own.Impact.Length == 0 || row.Priority == desk.Policies.Priority(own.Impact, own.Urgency) || row.Item is not null, "the matrix gives the priority", $"{row.Id}: {own.Impact}, {own.Urgency}, {row.Priority}");
        if (row.Closed is { } closed)
        {
            // Counted from the events, against the two moments of the row.
            audit.Must(own.Cycle + own.Wait == closed - row.Opened, "lead is cycle and wait", $"{row.Id}: {own.Cycle} + {own.Wait} is not {closed - row.Opened}");
        }

        void Same<T>(string what, T expected, T stored) =>
            audit.Must(EqualityComparer<T>.Default.Equals(expected, stored), "the stored ticket is what its events tell", $"{row.Id} {what}: {expected} expected, {stored} stored");
    }

    /// <summary>Nothing open may be forgotten: somebody has it, and something will happen by itself.</summary>
    private void HasNextStep(Ticket row)
    {
        if (!row.IsOpen)
        {
            return;
        }

        if (row.Type == "query")
        {
            audit.Must(timers.IsSet(row.Id, TimerKinds.Unconfirmed), "every open record has a next step", $"{row.Id} waits for a word and nothing ends that");
            return;
        }

        audit.Must(row.Team is not null && row.Response is not null && row.Resolution is not null && row.NextUpdate is not null, "every open record has a team and a promise", row.Id);
        var isShared = Find(row.Id)!.Tasks.Exists(task => task.State is "open" or "claimed" or "calling");
        audit.Must(row.State is not (TicketState.Assigned or TicketState.InProgress) || row.Owner is not null || isShared, "work has an owner, or lies before teams as tasks", $"{row.Id} is {row.State}");
        audit.Must(row.State != TicketState.WaitingApproval || row.Approver is not null, "who waits for approval knows whose", row.Id);
        audit.Must(row.State != TicketState.Registered, "every open record has a next step", $"{row.Id} was registered and given to nobody");
        audit.Must(
            row.State != TicketState.Resolved || timers.IsSet(row.Id, TimerKinds.VerifyReminder) || timers.IsSet(row.Id, TimerKinds.VerifyClose),
            "every open record has a next step",
            $"{row.Id} waits for the word that it works and nothing ends that");
    }
}
