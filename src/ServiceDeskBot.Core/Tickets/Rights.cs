using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Digests;
using ServiceDeskBot.Core.People;

namespace ServiceDeskBot.Core.Tickets;

/// <summary>What somebody wants to do with a ticket.</summary>
public enum Right
{
    /// <summary>Read it.</summary>
    See,

    /// <summary>Claim, note, reply, resolve, …: the team's agents and the swarm.</summary>
    Work,

    /// <summary>Confirm, verify, add to it: the person it is for.</summary>
    Own,

    /// <summary>Do a task: the people of its team; which task it is, the action looks at.</summary>
    Fulfil,

    /// <summary>Approve or reject: the approver, never for a wish of their own.</summary>
    Approve,
}

/// <summary>Who may do what: the one place that decides it, for every channel.</summary>
public static class Rights
{
    /// <summary><c>null</c> when it is allowed, else the sentence that explains why not.</summary>
    public static Phrase? Refusal(Person actor, Right right, Ticket ticket, DeskContent desk) => right switch
    {
        Right.See => MaySee(actor, ticket, desk) ? null : Phrase.Key("rights.see"),
        Right.Work => MayWork(actor, ticket, desk) ? null : OnlyTheTeam(ticket, desk),
        Right.Fulfil => MayFulfil(actor, ticket, desk) ? null : OnlyTheTeam(ticket, desk),
        Right.Own => IsFor(actor, ticket) ? null : Phrase.Key("rights.own"),
        Right.Approve when ticket.Approver != actor.Id => Phrase.Key("rights.approve"),
        Right.Approve when IsFor(actor, ticket) => Phrase.Key("rights.approveOwn"),
        _ => null,
    };

    /// <summary>The person's own, their team's, swarms they joined; restricted ones only for the team itself.</summary>
    public static bool MaySee(Person actor, Ticket ticket, DeskContent desk) =>
        IsFor(actor, ticket)
        || MayWork(actor, ticket, desk)
        || ticket.Approver == actor.Id
        || MayFulfil(actor, ticket, desk)
        || (!ticket.Restricted && (actor.Is("operator") || (actor.Is("manager") && DigestPost.TeamsOf(actor, desk).Any(team => team.Id == ticket.Team))));

    /// <summary>Whether a correction of this ticket is theirs to review: leads, the service's owner, operators; of a restricted one only within its team.</summary>
    public static bool MayReview(Person actor, Ticket ticket, DeskContent desk) =>
        (!ticket.Restricted || MayWork(actor, ticket, desk))
        && (actor.Is("operator") || desk.Team(ticket.Team)?.Lead == actor.Id || (ticket.Service is null ? actor.Is("owner") : desk.Service(ticket.Service)?.Owner == actor.Id));

    /// <summary>Which team has a restricted one would already say what it is.</summary>
    private static Phrase OnlyTheTeam(Ticket ticket, DeskContent desk) =>
        ticket.Restricted ? Phrase.Key("rights.see") : Phrase.Key("rights.work", ("team", desk.Team(ticket.Team)?.Name ?? ""));

    private static bool MayFulfil(Person actor, Ticket ticket, DeskContent desk) =>
        MayWork(actor, ticket, desk) || ticket.Tasks.Any(task => desk.Team(task.Team)?.Members.Contains(actor.Id) ?? false);

    private static bool MayWork(Person actor, Ticket ticket, DeskContent desk) =>
        (desk.Team(ticket.Team) is { } team && team.Members.Contains(actor.Id))
        || ticket.Owner == actor.Id
        || ticket.Swarm.Contains(actor.Id);

    private static bool IsFor(Person actor, Ticket ticket) => ticket.Reporter == actor.Id || ticket.Affected == actor.Id;
}
