using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.ServiceLevels;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>How long an item takes: what its owner states, and what is really delivered.</summary>
/// <param name="Measured">Working time within which four of five deliveries came; <c>null</c> while there are too few.</param>
/// <param name="Deliveries">How many were looked at.</param>
/// <param name="InTime">How many of them came within the stated time.</param>
public sealed record DeliveryPromise(TimeSpan Stated, TimeSpan? Measured, int Deliveries, int InTime)
{
    private const int Enough = 5;
    private const int Most = 50;
    private const double Share = 0.8;
    private static readonly TimeSpan LooksBack = TimeSpan.FromDays(180);

    /// <summary>What people are told: the measured time where there are deliveries enough.</summary>
    public TimeSpan Quoted => Measured ?? Stated;

    public static async ValueTask<DeliveryPromise> OfAsync(CatalogueItem item, DeskContent desk, IDeskSnapshot snapshot, DateTimeOffset now)
    {
        var calendar = desk.CalendarOf(desk.Team(item.Team) ?? desk.Teams[0]);
        var took = (await snapshot.TicketsAsync(new TicketFilter(Type: "request", Item: item.Id, ClosedFrom: now - LooksBack, Limit: Most)))
            .Where(request => request is { Resolved: not null, Closure: TicketClosure.Confirmed or TicketClosure.NotConfirmed or TicketClosure.Fulfilled })
            .Select(request => WorkingTime.Between(calendar, request.Opened, request.Resolved!.Value))
            .Order()
            .ToList();
        var measured = took.Count >= Enough ? WholeHours(took[(int)Math.Ceiling(took.Count * Share) - 1]) : (TimeSpan?)null;
        return new DeliveryPromise(item.Promise, measured, took.Count, took.Count(span => span <= item.Promise));
    }

    /// <summary>When an order placed now counts from: the next working day after the item's cut-off.</summary>
    public static DateTimeOffset Start(CatalogueItem item, DeskContent desk, DateTimeOffset now)
    {
        var calendar = desk.CalendarOf(desk.Team(item.Team) ?? desk.Teams[0]);
        return item.CutOff is { } cutOff && WorkingTime.IsPast(calendar, now, cutOff) ? WorkingTime.NextDay(calendar, now) : now;
    }

    /// <summary>The day by which somebody who orders now has it.</summary>
    public DateTimeOffset Due(CatalogueItem item, DeskContent desk, DateTimeOffset now) =>
        WorkingTime.Add(desk.CalendarOf(desk.Team(item.Team) ?? desk.Teams[0]), Start(item, desk, now), Quoted);

    /// <summary>In words: days of ten working hours, or hours.</summary>
    public static Phrase InWords(TimeSpan span) => span.TotalHours >= 10
        ? Phrase.Key("order.days", ("n", (int)Math.Ceiling(span.TotalHours / 10)))
        : Phrase.Key("order.hours", ("n", (int)Math.Ceiling(span.TotalHours)));

    private static TimeSpan WholeHours(TimeSpan span) => TimeSpan.FromHours(Math.Max(1, Math.Ceiling(span.TotalHours)));
}
