using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Api;

/// <summary>A ticket in a list.</summary>
public record TicketSummary(
    string Id,
    string Type,
    string State,
    string Step,
    string Summary,
    string? Service,
    string? Category,
    string Impact,
    string Urgency,
    int Priority,
    PersonView Reporter,
    PersonView Affected,
    string Channel,
    string? Team,
    PersonView? Owner,
    DateTimeOffset Opened,
    DateTimeOffset? Resolved,
    DateTimeOffset? Closed,
    string? Closure);

/// <summary>A ticket with everything that may be known outside.</summary>
public sealed record TicketView(
    string Id,
    string Type,
    string State,
    string Step,
    string Summary,
    string Description,
    string? Service,
    string? Category,
    string Impact,
    string Urgency,
    int Priority,
    bool Major,
    PersonView Reporter,
    PersonView Affected,
    string Channel,
    string? Team,
    PersonView? Owner,
    IReadOnlyList<PersonView> Swarm,
    TargetsView Targets,
    PredictionView? Prediction,
    DateTimeOffset Opened,
    DateTimeOffset? Resolved,
    DateTimeOffset? Closed,
    string? Closure,
    IReadOnlyList<TicketLink> Links,
    IReadOnlyList<EventView> Events)
{
    /// <summary>The work of several teams behind a request; empty where one team does it all.</summary>
    public IReadOnlyList<TaskView> Tasks { get; init; } = [];

    /// <summary>Why it is with its team.</summary>
    public RouteView? Route { get; init; }

    /// <summary>routine or novel.</summary>
    public string Work { get; init; } = WorkKind.Routine;
}

/// <param name="Rule">The desk's rule by its id; category, closed, item or person where none of them decided.</param>
/// <param name="Attributes">What decided, <c>attribute=value</c> each.</param>
/// <param name="Skill">What helps with it; <c>null</c> where the rule names nothing.</param>
public sealed record RouteView(string Rule, IReadOnlyList<string> Attributes, string? Skill);

/// <param name="Team"><c>null</c> where a program does it.</param>
/// <param name="State">waiting, open, claimed, calling, done, confirmed, failed, undoing or undone.</param>
public sealed record TaskView(string Id, string Title, string? Team, string State, PersonView? Owner);

/// <summary>A person by desk id and name; platform ids never leave the desk.</summary>
public sealed record PersonView(string Id, string Name);

public sealed record TargetsView(TargetView? Response, TargetView? Resolution);

/// <param name="Met"><c>null</c> while it runs.</param>
public sealed record TargetView(DateTimeOffset Due, bool? Met);

public sealed record PredictionView(string Model, string Type, double Confidence, string? Category, double CategoryConfidence, IReadOnlyList<string> Reasons);

/// <param name="By">Desk id; <c>desk</c> for the product itself.</param>
/// <param name="Visible"><c>user</c> or <c>team</c>.</param>
public sealed record EventView(DateTimeOffset At, string By, string Kind, string? From, string? To, string Visible);

/// <summary>A page of a list.</summary>
/// <param name="Next">Give it as <c>after</c> for the next page; <c>null</c> on the last.</param>
public sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>How the API writes JSON: times as RFC 3339 in UTC with milliseconds.</summary>
internal static class ApiJson
{
    public static JsonSerializerOptions Options { get; } = new(JsonSerializerDefaults.Web) { Converters = { new UtcMilliseconds() } };

    public static IResult Ok<T>(T value, int status = StatusCodes.Status200OK) => Results.Json(value, Options, statusCode: status);

    private sealed class UtcMilliseconds : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetDateTimeOffset();

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) =>
            writer.WriteStringValue(value.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture));
    }
}

/// <summary>Looks tickets up for the outside; names are read once per request.</summary>
internal sealed class TicketReader(IDeskSnapshot snapshot)
{
    private readonly Dictionary<string, PersonView> _people = new(StringComparer.Ordinal);

    public async ValueTask<TicketSummary> SummaryAsync(Ticket ticket) => new(
        ticket.Id,
        ticket.Type,
        ticket.State,
        ticket.Step,
        await snapshot.SummaryAsync(ticket.Id),
        ticket.Service,
        ticket.Category,
        ticket.Impact,
        ticket.Urgency,
        ticket.Priority,
        await PersonAsync(ticket.Reporter),
        await PersonAsync(ticket.Affected),
        ticket.Channel,
        ticket.Team,
        await OwnerAsync(ticket),
        ticket.Opened,
        ticket.Resolved,
        ticket.Closed,
        ticket.Closure);

    public async ValueTask<TicketView> WholeAsync(Ticket ticket)
    {
        var swarm = new List<PersonView>();
        foreach (var member in ticket.Swarm)
        {
            swarm.Add(await PersonAsync(member));
        }

        var description = (await snapshot.TextsAsync(ticket.Id)).FirstOrDefault(text => text.Kind == "description")?.Text ?? "";
        return new TicketView(
            ticket.Id,
            ticket.Type,
            ticket.State,
            ticket.Step,
            await snapshot.SummaryAsync(ticket.Id),
            description,
            ticket.Service,
            ticket.Category,
            ticket.Impact,
            ticket.Urgency,
            ticket.Priority,
            Major: false,
            await PersonAsync(ticket.Reporter),
            await PersonAsync(ticket.Affected),
            ticket.Channel,
            ticket.Team,
            await OwnerAsync(ticket),
            swarm,
            new TargetsView(TargetOf(ticket.Response), TargetOf(ticket.Resolution)),
            PredictionOf(ticket.Prediction),
            ticket.Opened,
            ticket.Resolved,
            ticket.Closed,
            ticket.Closure,
            ticket.Links,
            [.. (await snapshot.EventsAsync(ticket.Id)).Select(happened => new EventView(happened.At, happened.By, happened.Kind, happened.Before, happened.After, happened.Visible))])
        {
            Tasks = await TasksAsync(ticket),
            Route = ticket.Route is { } route ? new RouteView(route.Rule, route.Attributes, route.Skill) : null,
            Work = ticket.Work,
        };
    }

    private async ValueTask<IReadOnlyList<TaskView>> TasksAsync(Ticket ticket)
    {
        var tasks = new List<TaskView>();
        foreach (var task in ticket.Tasks)
        {
            tasks.Add(new TaskView(task.Id, task.Title, task.Team, task.State, task.Owner is null ? null : await PersonAsync(task.Owner)));
        }

        return tasks;
    }

    private async ValueTask<PersonView?> OwnerAsync(Ticket ticket) => ticket.Owner is null ? null : await PersonAsync(ticket.Owner);

    private async ValueTask<PersonView> PersonAsync(string id)
    {
        if (!_people.TryGetValue(id, out var person))
        {
            _people[id] = person = new PersonView(id, (await snapshot.PersonAsync(id))?.Name ?? id);
        }

        return person;
    }

    private static TargetView? TargetOf(Target? target) => target is null ? null : new TargetView(target.Due, target.Met);

    private static PredictionView? PredictionOf(TicketPrediction? prediction) => prediction is null
        ? null
        : new PredictionView(prediction.Model, prediction.Type, prediction.Confidence, prediction.Category, prediction.CategoryConfidence, prediction.Reasons);
}
