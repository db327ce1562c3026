using ServiceDeskBot.Core.Approvals;
using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Fulfilment;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Cards;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Outgoing;

/// <summary>Draws a ticket's card for a place where it hangs, out of what is stored when it is sent.</summary>
internal sealed class MirrorCards(DeskContent desk, ISimilarityIndex similar, DateTimeOffset now)
{
    /// <summary><c>null</c> where ticket or mirror are gone; no card where nothing is left to show.</summary>
    public async ValueTask<(Mirror Mirror, Card? Card)?> DrawAsync(long mirror, IDeskSnapshot snapshot)
    {
        if (await snapshot.MirrorAsync(mirror) is not { } stored || await snapshot.TicketAsync(stored.Ticket) is not { } ticket)
        {
            return null;
        }

        return (stored, HasNothingToShow(stored, ticket) ? null : await CardAsync(stored, ticket, snapshot));
    }

    /// <summary>
    /// The message of a converted query is the new record's card by now, and drawing the old one over it would undo that.
    /// A ticket that went elsewhere before its card was posted here leaves no notice.
    /// </summary>
    private static bool HasNothingToShow(Mirror mirror, Ticket ticket) =>
        (ticket.Closure == TicketClosure.Converted && mirror.Kind == MirrorKind.Requester) || (MirrorKind.IsLeft(mirror.Kind) && mirror.PostId is null);

    private async ValueTask<Card> CardAsync(Mirror mirror, Ticket ticket, IDeskSnapshot snapshot)
    {
        var view = new TicketView(desk, now, snapshot, await snapshot.SummaryAsync(ticket.Id)) { Channel = mirror.At.Channel };
        return mirror.Kind switch
        {
            var kind when MirrorKind.IsLeft(kind) => LeftCard.For(ticket),
            MirrorKind.Requester when ticket.Restricted && mirror.At.Kind != PlaceKind.Personal => LeftCard.InOwnChat,
            MirrorKind.Requester => await RequesterCard.ForAsync(ticket, view),
            MirrorKind.Wish => await WishCard.ForAsync(ticket, view),
            var kind when MirrorKind.ApproverIn(kind) is { } approver => await ApproverCard.ForAsync(ticket, view, approver),
            var kind when MirrorKind.TaskIn(kind) is { } task => await TaskCard.ForAsync(ticket, view, task),
            var kind when MirrorKind.IsVerification(kind) => await VerificationCard.ForAsync(ticket, view, kind),
            _ => await TeamCard.ForAsync(ticket, ticket.IsOpen ? view with { Alike = await AlikeAsync(ticket, view) } : view),
        };
    }

    private async ValueTask<List<SolvedAlike>> AlikeAsync(Ticket ticket, TicketView view)
    {
        var alike = new List<SolvedAlike>();
        foreach (var near in similar.Nearest(view.Summary, SimilarKind.SolvedTicket, 10))
        {
            if (near.Score >= desk.Policies.Intake.ArticleThreshold && near.Id != ticket.Id && await view.Snapshot.TicketAsync(near.Id) is { Restricted: false } solved)
            {
                alike.Add(new SolvedAlike(solved.Id, await view.Snapshot.SummaryAsync(solved.Id), solved.Owner));
            }
        }

        return alike;
    }
}
