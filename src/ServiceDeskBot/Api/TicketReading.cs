using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Api;

/// <summary><c>GET /tickets</c> and <c>GET /tickets/{id}</c>.</summary>
internal static class TicketReading
{
    private const int DefaultLimit = 50;
    private const int MostLimit = 200;

    private static readonly string[] States =
    [
        TicketState.Registered, TicketState.WaitingUser, TicketState.Queued, TicketState.Assigned, TicketState.InProgress,
        TicketState.WaitingSupplier, TicketState.WaitingApproval, TicketState.Resolved, TicketState.Closed, TicketState.Cancelled,
    ];

    private static readonly string[] Types = ["query", "incident", "request", "problem", "complaint", "feedback", "idea", "change", "event"];

    public static void MapTickets(this IEndpointRouteBuilder api)
    {
        api.MapGet("/tickets", ListAsync)
            .WithSummary("Tickets, newest first. Queries only with type=query. Scope tickets:read.")
            .AddEndpointFilter(new ScopeFilter(ApiScope.Read))
            .Produces<Page<TicketSummary>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        api.MapGet("/tickets/{id}", OneAsync)
            .WithSummary("One ticket with its links and events. Scope tickets:read.")
            .AddEndpointFilter(new ScopeFilter(ApiScope.Read))
            .Produces<TicketView>()
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ListAsync([AsParameters] TicketQuery query, HttpContext http, IDeskStore store, CancellationToken cancellationToken)
    {
        if (query.Fault() is { } fault)
        {
            return fault;
        }

        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        var reporter = await ReporterAsync(query.Reporter, snapshot);
        var limit = query.LimitOrDefault;

        // One more than asked tells whether there is a next page.
        var found = await snapshot.TicketsAsync(new TicketFilter(query.State, query.Type, query.Team, reporter, Text: query.Q, Before: query.Before, Limit: limit + 1));
        var reader = new TicketReader(snapshot);
        var items = new List<TicketSummary>();
        foreach (var ticket in found.Take(limit).Where(ticket => ScopeFilter.MaySee(http, ticket)))
        {
            items.Add(await reader.SummaryAsync(ticket));
        }

        return ApiJson.Ok(new Page<TicketSummary>(items, found.Count > limit ? Cursor.After(found[limit - 1]) : null));
    }

    private static async Task<IResult> OneAsync(string id, HttpContext http, IDeskStore store, CancellationToken cancellationToken)
    {
        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        return await snapshot.TicketAsync(id.ToUpperInvariant()) is { } ticket && ScopeFilter.MaySee(http, ticket)
            ? ApiJson.Ok(await new TicketReader(snapshot).WholeAsync(ticket))
            : Problems.Of(StatusCodes.Status404NotFound, $"There is no ticket '{id}'.");
    }

    /// <summary>A reporter may be given by address as well.</summary>
    private static async ValueTask<string?> ReporterAsync(string? reporter, IDeskSnapshot snapshot) =>
        reporter?.Contains('@', StringComparison.Ordinal) == true ? (await snapshot.PersonByEmailAsync(reporter))?.Id ?? reporter : reporter;

    /// <summary>What a list may be asked for.</summary>
    internal sealed record TicketQuery(
        [FromQuery(Name = "state")] string? State,
        [FromQuery(Name = "type")] string? Type,
        [FromQuery(Name = "team")] string? Team,
        [FromQuery(Name = "reporter")] string? Reporter,
        [FromQuery(Name = "q")] string? Q,
        [FromQuery(Name = "after")] string? After,
        [FromQuery(Name = "limit")] string? Limit)
    {
        public long? Before => Cursor.Read(After);

        public int LimitOrDefault => Limit is null ? DefaultLimit : int.Parse(Limit, CultureInfo.InvariantCulture);

        public IResult? Fault()
        {
            if (State is not null && !States.Contains(State))
            {
                return Problems.Invalid("state", $"'{State}' is no state. Allowed: {string.Join(", ", States)}.");
            }

            if (Type is not null && !Types.Contains(Type))
            {
                return Problems.Invalid("type", $"'{Type}' is no type. Allowed: {string.Join(", ", Types)}.");
            }

            if (After is not null && Before is null)
            {
                return Problems.Invalid("after", "give the 'next' of the page before, unchanged.");
            }

            return Limit is not null && (!int.TryParse(Limit, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) || limit is < 1 or > MostLimit)
                ? Problems.Invalid("limit", $"'{Limit}' is not a number from 1 to {MostLimit}.")
                : null;
        }
    }

    /// <summary>Where a page ended: the number of its last ticket, opaque to callers.</summary>
    private static class Cursor
    {
        public static string After(Ticket last) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes(last.Id[(last.Id.IndexOf('-', StringComparison.Ordinal) + 1)..]));

        public static long? Read(string? cursor)
        {
            var bytes = new byte[32];
            return cursor is { Length: <= 32 }
                && Base64Url.IsValid(cursor)
                && Base64Url.TryDecodeFromChars(cursor, bytes, out var length)
                && long.TryParse(bytes.AsSpan(0, length), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? number
                : null;
        }
    }
}
