using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Api;

/// <summary>A ticket to raise.</summary>
/// <param name="Reporter">Desk id or e-mail address of the person it is for.</param>
/// <param name="Type">incident, request, complaint or idea; read from the text when left out, likewise the rest.</param>
public sealed record NewTicket(string? Text, string? Reporter, string? Type = null, string? Category = null, string? Impact = null, string? Urgency = null);

/// <summary>Words for a ticket.</summary>
/// <param name="Visible"><c>team</c> or <c>user</c>.</param>
public sealed record NewNote(string? Text, string? Visible);

/// <param name="Href">Where to read it.</param>
public sealed record RaisedTicket(string Id, string Href);

/// <param name="Id">Of the note itself.</param>
public sealed record AddedNote(string Id, string Ticket, string Visible);

/// <summary><c>POST /tickets</c> and <c>POST /tickets/{id}/notes</c>: each becomes a turn, so the same Idempotency-Key gets the same answer.</summary>
internal static class TicketWriting
{
    private const string Channel = "api";
    private const int LongestText = 30_000;
    private const int LongestKey = 200;

    private static readonly string[] Types = ["incident", "request", "complaint", "idea"];
    private static readonly string[] Impacts = ["person", "team", "department", "organisation"];
    private static readonly string[] Urgencies = ["low", "medium", "high", "critical"];

    public static void MapTicketWriting(this IEndpointRouteBuilder api)
    {
        Describe<NewTicket, RaisedTicket>(api.MapPost("/tickets", RaiseAsync))
            .WithSummary("Raises a ticket for a person. Header Idempotency-Key; scope tickets:write.");
        Describe<NewNote, AddedNote>(api.MapPost("/tickets/{id}/notes", NoteAsync))
            .WithSummary("Adds a note for the team, or a reply to the person. Header Idempotency-Key; scope tickets:write.")
            .ProducesProblem(StatusCodes.Status404NotFound);
    }

    private static RouteHandlerBuilder Describe<TBody, TAnswer>(RouteHandlerBuilder endpoint)
        where TBody : notnull =>
        endpoint.AddEndpointFilter(new ScopeFilter(ApiScope.Write))
            .Accepts<TBody>("application/json")
            .Produces<TAnswer>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge);

    private static async Task<IResult> RaiseAsync(HttpRequest request, IDeskStore store, ITurns turns, DeskContent desk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (body, refusal) = await ApiBody.ReadAsync<NewTicket>(request);
        if (body is null || (refusal = KeyFault(request) ?? Fault(body, desk)) is not null)
        {
            return refusal!;
        }

        if (await ReporterAsync(body.Reporter!, store, desk, cancellationToken) is not { } reporter)
        {
            return Problems.Invalid("reporter", $"'{body.Reporter}' is neither a desk id that is known nor an e-mail address.");
        }

        var input = new RaisedByProgram(body.Text!, body.Type, body.Category, body.Impact, body.Urgency);
        var answer = await HandInAsync(request, "", reporter, input, turns, clock, cancellationToken);
        if (answer is not Recorded recorded)
        {
            return Failed();
        }

        var href = $"/api/v1/tickets/{recorded.Ticket}";
        request.HttpContext.Response.Headers.Location = href;
        return ApiJson.Ok(new RaisedTicket(recorded.Ticket, href), StatusCodes.Status201Created);
    }

    private static async Task<IResult> NoteAsync(string id, HttpRequest request, IDeskStore store, ITurns turns, TimeProvider clock, CancellationToken cancellationToken)
    {
        var (body, refusal) = await ApiBody.ReadAsync<NewNote>(request);
        if (body is null || (refusal = KeyFault(request) ?? TextFault(body.Text)) is not null)
        {
            return refusal!;
        }

        if (body.Visible is not ("team" or "user"))
        {
            return Problems.Invalid("visible", $"'{body.Visible}' is not allowed. Allowed: team, user.");
        }

        var ticket = id.ToUpperInvariant();
        await using (var snapshot = await store.SnapshotAsync(cancellationToken))
        {
            if (await snapshot.TicketAsync(ticket) is not { } found || !ScopeFilter.MaySee(request.HttpContext, found))
            {
                return Problems.Of(StatusCodes.Status404NotFound, $"There is no ticket '{id}'.");
            }
        }

        var program = await ProgramAsync(ScopeFilter.CallerOf(request.HttpContext), store, cancellationToken);
        var answer = await HandInAsync(request, $"{ticket}:", program, new NotedByProgram(ticket, body.Text!, body.Visible), turns, clock, cancellationToken);
        return answer is Recorded { Text: { } text }
            ? ApiJson.Ok(new AddedNote(text, ticket, body.Visible), StatusCodes.Status201Created)
            : Failed();
    }

    /// <param name="scope">Keeps the idempotency keys of different tickets' notes apart.</param>
    private static async Task<Answer> HandInAsync(HttpRequest request, string scope, Sender from, TurnInput input, ITurns turns, TimeProvider clock, CancellationToken cancellationToken)
    {
        var caller = ScopeFilter.CallerOf(request.HttpContext).Name;
        var key = $"{Channel}:{caller}:{scope}{request.Headers["Idempotency-Key"]}";

        // A place of its own per call: one program's calls need not wait for each other.
        var turn = new Turn(key, new Place(Channel, key, null, PlaceKind.Personal), from, input, clock.GetUtcNow());
        var received = await turns.AcceptAsync(turn, cancellationToken);
        return await received.Answer.WaitAsync(cancellationToken);
    }

    /// <summary>The person by desk id or address, tied to this channel so that the turn finds them; an address nobody has yet becomes an end user. <c>null</c> for anything else.</summary>
    private static async Task<Sender?> ReporterAsync(string reporter, IDeskStore store, DeskContent desk, CancellationToken cancellationToken)
    {
        Person? person;
        bool isTied;
        await using (var snapshot = await store.SnapshotAsync(cancellationToken))
        {
            var known = desk.People.FirstOrDefault(someone => someone.Id == reporter || string.Equals(someone.Email, reporter, StringComparison.OrdinalIgnoreCase));
            person = await snapshot.PersonAsync(known?.Id ?? reporter) ?? await snapshot.PersonByEmailAsync(reporter);
            isTied = person is not null && await snapshot.PersonByAccountAsync(Channel, person.Id) is not null;
        }

        if (person is null)
        {
            var at = reporter.IndexOf('@', StringComparison.Ordinal);
            return at > 0 && at < reporter.Length - 1 && !reporter.Contains(' ', StringComparison.Ordinal) ? new Sender(reporter.ToLowerInvariant(), reporter[..at], reporter.ToLowerInvariant()) : null;
        }

        if (!isTied)
        {
            await store.CommitAsync(new UnitOfWork([new BindAccount(Channel, person.Id, person.Id, null)]), cancellationToken);
        }

        return new Sender(person.Id, person.Name, person.Email);
    }

    /// <summary>The calling program as somebody the desk knows, so that its words have an author.</summary>
    private static async Task<Sender> ProgramAsync(ApiKeyOptions caller, IDeskStore store, CancellationToken cancellationToken)
    {
        var program = new Person($"api-{caller.Name}", caller.Name, null, []);
        var account = $"key:{caller.Name}";
        bool isTied;
        await using (var snapshot = await store.SnapshotAsync(cancellationToken))
        {
            isTied = await snapshot.PersonByAccountAsync(Channel, account) is not null;
        }

        if (!isTied)
        {
            await store.CommitAsync(new UnitOfWork([new PutPerson(program), new BindAccount(Channel, account, program.Id, null)]), cancellationToken);
        }

        return new Sender(account, caller.Name);
    }

    private static IResult? KeyFault(HttpRequest request) => request.Headers["Idempotency-Key"].ToString() switch
    {
        "" => Problems.Of(StatusCodes.Status400BadRequest, "Send the header Idempotency-Key, so that a repeated call does nothing twice."),
        { Length: > LongestKey } => Problems.Of(StatusCodes.Status400BadRequest, $"Idempotency-Key is longer than {LongestKey} characters."),
        _ => null,
    };

    private static IResult? TextFault(string? text) =>
        string.IsNullOrWhiteSpace(text) ? Problems.Invalid("text", "is empty.")
        : text.Length > LongestText ? Problems.Invalid("text", $"is longer than {LongestText} characters.")
        : null;

    private static IResult? Fault(NewTicket ticket, DeskContent desk) =>
        TextFault(ticket.Text)
        ?? (string.IsNullOrWhiteSpace(ticket.Reporter) ? Problems.Invalid("reporter", "is empty; give a desk id or an e-mail address.") : null)
        ?? Choice("type", ticket.Type, Types)
        ?? Choice("category", ticket.Category, [.. desk.Teams.SelectMany(team => team.Categories)])
        ?? Choice("impact", ticket.Impact, Impacts)
        ?? Choice("urgency", ticket.Urgency, Urgencies);

    private static IResult? Choice(string field, string? value, string[] allowed) =>
        value is null || allowed.Contains(value) ? null : Problems.Invalid(field, $"'{value}' is not allowed. Allowed: {string.Join(", ", allowed)}.");

    private static IResult Failed() => Problems.Of(StatusCodes.Status500InternalServerError, "The desk could not do this; its log names the turn.");
}
