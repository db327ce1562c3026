using ServiceDeskBot.Core.Approvals;
using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Fulfilment;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>What becomes of a query: the record that the work happens on.</summary>
internal static class Conversion
{
    /// <summary>Makes the incident, request, complaint or idea out of a stored query: same words, same time, same card.</summary>
    public static async ValueTask<Ticket> ConvertAsync(TurnContext turn, Ticket query, bool confirmed, string? type = null)
    {
        var record = await BeginAsync(turn, query, await turn.Snapshot.SummaryAsync(query.Id), confirmed, type);
        if (record.Id == query.Id)
        {
            turn.Decision.Add(new ClearTimer(query.Id, TimerKinds.Unconfirmed));
            await NameAffected.TellAsync(turn, record, await turn.Snapshot.SummaryAsync(query.Id));
            return turn.Decision.Current(record);
        }

        foreach (var text in (await turn.Snapshot.TextsAsync(query.Id)).Where(text => text.Kind != SplitQuery.PartKind))
        {
            turn.Decision.Add(new PutText(text with { Id = Guid.CreateVersion7(turn.Now).ToString("N"), Ticket = record.Id }));
        }

        await MoveCardsAsync(turn, query, record.Id);
        await NameAffected.TellAsync(turn, record, await turn.Snapshot.SummaryAsync(query.Id));
        return turn.Decision.Current(record);
    }

    /// <summary>The query itself becomes the record: same number, same words, same card.</summary>
    private static Ticket InPlace(TurnContext turn, Ticket query, string summary, bool confirmed, string kind, string? ordered)
    {
        var by = confirmed ? turn.Actor.Id : "desk";
        var item = kind == "request" ? ItemOf(turn, query, ordered) : null;
        var novel = Novelty.IsNovel(turn, query, summary);
        var record = turn.Decision.Apply(query, new TypeChanged(query.Type, kind) { At = turn.Now, By = by, DropsItem = item is null });
        record = novel ? turn.Decision.Apply(record, new WorkMarked(record.Work, WorkKind.Novel) { At = turn.Now, By = "desk" }) : record;
        return turn.Decision.Apply(record, confirmed ? new Confirmed { At = turn.Now, By = by } : new Unconfirmed { At = turn.Now, By = by });
    }

    /// <summary>The record's first events, and the query's last.</summary>
    public static async ValueTask<Ticket> BeginAsync(TurnContext turn, Ticket query, string summary, bool confirmed, string? type)
    {
        var kind = type ?? RecordType(query);
        if (turn.Desk.Policies.Intake.ConvertsInPlace)
        {
            return InPlace(turn, query, summary, confirmed, kind, type);
        }

        var id = await turn.NewIdAsync(Prefix(kind));
        var by = confirmed ? turn.Actor.Id : "desk";
        var record = turn.Decision.Begin(
            new Registered(id, kind, query.Reporter, query.Affected, query.Channel) { At = turn.Now, By = by, Opened = query.Opened, FromQuery = query.Id, Item = kind == "request" ? ItemOf(turn, query, type) : null },
            summary);
        record = turn.Decision.Apply(
            record,
            new Classified(query.Service, query.Category, query.Team, query.Impact, query.Urgency, query.Priority)
            {
                At = turn.Now,
                By = "desk",
                Prediction = query.Prediction,
                Evidence = query.Evidence,
                Deadline = query.Deadline,
                Frustrated = query.Frustrated,
                Restricted = query.Restricted,
                Offered = query.Offered,
                Asks = query.Asks,
                Route = query.Route,
            });
        record = Novelty.IsNovel(turn, query, summary) ? turn.Decision.Apply(record, new WorkMarked(record.Work, WorkKind.Novel) { At = turn.Now, By = "desk" }) : record;
        record = turn.Decision.Apply(record, [.. query.Tried.Select(article => new ArticleTried(article) { At = turn.Now, By = by })]);
        if (query.At is { } at)
        {
            record = turn.Decision.Apply(record, new ArticleStepped(at.Article, at.Step) { At = turn.Now, By = by });
        }

        record = turn.Decision.Apply(record, confirmed ? new Confirmed { At = turn.Now, By = by } : new Unconfirmed { At = turn.Now, By = by });
        turn.Decision.Apply(query, new Converted(id) { At = turn.Now, By = by }, new Closed(TicketClosure.Converted) { At = turn.Now, By = by });
        return record;
    }

    /// <summary>Sets the promises and hands the record to its team, or to its approver first.</summary>
    public static async ValueTask<Ticket> RouteAsync(TurnContext turn, Ticket record)
    {
        var item = record.Type == "request" ? turn.Desk.Item(record.Item) : null;
        var approver = item is not null && await Approvers.InOrderAsync(item, record.Reporter, record.Affected, turn.Desk, turn.Snapshot, turn.Now) is [var first, ..] ? first : null;
        var targets = Promises.For(record, turn.Desk, turn.Now, record.Opened);
        if (item is not null)
        {
            targets = targets with { ResolutionDue = (await DeliveryPromise.OfAsync(item, turn.Desk, turn.Snapshot, turn.Now)).Due(item, turn.Desk, record.Opened) };
        }

        var routed = turn.Decision.Apply(record, targets with { Approver = approver });
        if (record.Type == "idea")
        {
            return await Wish.PassOnAsync(turn, routed);
        }

        Foresight.Watch(turn, routed);
        routed = record.Type == "complaint" ? Complaint.Own(turn, routed) : routed;
        if (approver is null)
        {
            await OnCall.CallAsync(turn, routed);
            return await Work.BeginAsync(turn, turn.Decision.Current(routed));
        }

        await Approval.AskAsync(turn, routed);
        return routed;
    }

    /// <summary>The person's card goes on as the new record's, so that there is one message from the first word to the last.</summary>
    private static async ValueTask MoveCardsAsync(TurnContext turn, Ticket query, string id)
    {
        foreach (var mirror in (await turn.Snapshot.MirrorsAsync(query.Id)).Where(mirror => !MirrorKind.IsLeft(mirror.Kind)))
        {
            var reporter = await turn.PersonAsync(query.Reporter);
            turn.Decision.Hang(id, mirror.Kind, mirror.At, reporter, mirror.PostId);
            foreach (var post in new[] { mirror.PostId, mirror.At.Thread })
            {
                if (post is not null)
                {
                    turn.Decision.Add(new TiePost(mirror.At.Channel, mirror.At.Conversation, post, id));
                }
            }
        }
    }

    /// <summary>An item whose form nobody filled in is not ordered: people look at the wish instead.</summary>
    private static string? ItemOf(TurnContext turn, Ticket query, string? ordered) =>
        ordered is not null || turn.Desk.Item(query.Item) is { Fields.Count: 0 } ? query.Item : null;

    private static string RecordType(Ticket query) => query.Prediction?.Type switch
    {
        "incident" => "incident",
        "complaint" => "complaint",
        "idea" => "idea",
        _ => "request",
    };

    private static string Prefix(string type) => type switch
    {
        "incident" => "INC",
        "complaint" => "CMP",
        "idea" => "IDEA",
        _ => "REQ",
    };
}
