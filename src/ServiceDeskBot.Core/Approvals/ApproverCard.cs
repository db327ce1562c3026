using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Cards;

namespace ServiceDeskBot.Core.Approvals;

/// <summary>What an approver sees: who wants what, why, at what price, what was asked and answered; and afterwards what became of it.</summary>
public static class ApproverCard
{
    public static async ValueTask<Card> ForAsync(Ticket ticket, TicketView view, string approver)
    {
        var item = view.Desk.Item(ticket.Item);
        var texts = await view.Snapshot.TextsAsync(ticket.Id);
        var parts = new List<CardPart>
        {
            new TextPart(Phrase.Key("approval.title", ("person", await view.NameAsync(ticket.Reporter)), ("item", item?.Name ?? view.Summary)), TextStyle.Heading),
        };
        if (texts.LastOrDefault(text => text.Kind == "form") is { } form)
        {
            parts.Add(new TextPart(form.Text));
        }

        var facts = new List<Fact> { new(Phrase.Key("fact.ticket"), ticket.Id) };
        if (item is { Price.Length: > 0 })
        {
            facts.Add(new Fact(Phrase.Key("fact.price"), item.Price));
        }

        foreach (var earlier in ticket.ApprovedBy.Where(earlier => earlier != approver))
        {
            facts.Add(new Fact(Phrase.Key("approval.already"), await view.NameAsync(earlier)));
        }

        parts.Add(new FactsPart(facts));
        parts.AddRange(await TalkAsync(texts, view));
        if (ticket.State == TicketState.WaitingApproval && ticket.Approver == approver)
        {
            return new Card(parts, [Of(ticket, "approve") with { Style = ButtonStyle.Primary }, Of(ticket, "reject"), Of(ticket, "ask-back"), Of(ticket, "delegate") with { Secondary = true }]);
        }

        parts.Add(new TextPart(await EndAsync(ticket, view, approver)));
        return new Card(parts, []);
    }

    /// <summary>Questions of approvers, and what the person wrote from the first of them on.</summary>
    private static async ValueTask<List<CardPart>> TalkAsync(IReadOnlyList<TicketText> texts, TicketView view)
    {
        var parts = new List<CardPart>();
        foreach (var text in texts.SkipWhile(text => text.Kind != "question").Where(text => text.Kind is "question" or "message"))
        {
            parts.Add(new TextPart(Phrase.Key("approval.said", ("person", await view.NameAsync(text.Author)), ("words", text.Text)), TextStyle.Quote));
        }

        return parts;
    }

    private static async ValueTask<Phrase> EndAsync(Ticket ticket, TicketView view, string approver) =>
        ticket.ApprovedBy.Contains(approver) ? Phrase.Key("approval.you-approved")
        : ticket.Approver != approver ? Phrase.Key("approval.handed-on", ("approver", await view.NameAsync(ticket.Approver)))
        : ticket.Closure == TicketClosure.Rejected ? Phrase.Key("approval.you-rejected")
        : Phrase.Key("approval.ended");

    private static Button Of(Ticket ticket, string action) => new(Phrase.Key($"button.{action}"), action, new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket.Id });
}
