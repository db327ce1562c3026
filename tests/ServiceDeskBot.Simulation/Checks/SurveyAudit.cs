using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Simulation.Checks;

/// <summary>Nobody is asked too often, nor after what hurt; an answer is taken once.</summary>
internal sealed class SurveyAudit(SurveyPolicy policy, TicketAudit tickets, Audit audit)
{
    private readonly Dictionary<string, Asked> _asked = new(StringComparer.Ordinal);

    public int Offered => _asked.Count;

    public void Committed(UnitOfWork unit)
    {
        foreach (var put in unit.Writes.OfType<PutSurvey>())
        {
            var survey = put.Survey;
            if (survey.State == "offered")
            {
                var last = _asked.Values.Where(asked => asked.Person == survey.Person && asked.State != "withdrawn" && asked.Ticket != survey.Ticket).Select(asked => asked.At).DefaultIfEmpty().Max();
                audit.Must(survey.OfferedAt - last >= policy.CoolDown, "one survey per person and cool-down", $"{survey.Person} was asked on {last:u} and for {survey.Ticket} on {survey.OfferedAt:u}");
                var ticket = tickets.Find(survey.Ticket);
                audit.Must(ticket is { Closure: "confirmed" or "fulfilled" }, "a survey follows a confirmed fix", $"{survey.Ticket} is {ticket?.State} {ticket?.Closure}");
                audit.Must(ticket is { Restricted: false, Reopened: 0, Type: not "complaint" }, "no survey after what hurt", survey.Ticket);
                audit.Must(survey.Person == ticket?.Reporter, "the one who asked is surveyed", survey.Ticket);
                audit.Must(!_asked.TryGetValue(survey.Ticket, out var before) || before.State == "withdrawn", "one survey per ticket", survey.Ticket);
            }
            else
            {
                audit.Must(_asked.TryGetValue(survey.Ticket, out var before) && before.State == "offered", "a survey ends once", $"{survey.Ticket} was {before?.State} and is {survey.State}");
            }

            _asked[survey.Ticket] = new Asked(survey.Ticket, survey.Person, survey.OfferedAt, survey.State);
        }

        foreach (var feedback in unit.Writes.OfType<PutNamedFeedback>())
        {
            audit.Must(_asked.TryGetValue(feedback.Feedback.Ticket, out var asked) && asked is { State: "answered" } && asked.Person == feedback.Feedback.Person, "feedback answers a survey", feedback.Feedback.Ticket);
        }

        audit.Must(!unit.Writes.Any(write => write is PutAnonymousFeedback) || !unit.Writes.Any(write => write is PutTicket), "an anonymous answer leads to no ticket", "a ticket changed in the same unit");
    }

    private sealed record Asked(string Ticket, string Person, DateTimeOffset At, string State);
}
