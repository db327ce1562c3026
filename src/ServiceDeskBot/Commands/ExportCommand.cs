using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using ServiceDeskBot.Api;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Commands;

/// <summary><c>export --person P</c>: everything stored about somebody, as one JSON object. <c>export --audit</c>: what was done to tickets, one JSON object per line.</summary>
internal static class ExportCommand
{
    private const int AtOnce = 500;

    private static readonly JsonSerializerOptions Readable = new(ApiJson.Options) { WriteIndented = true };

    public static Command Create(CommandRun run)
    {
        var person = new Option<string?>("--person") { Description = "Desk id or e-mail address." };
        var audit = new Option<bool>("--audit") { Description = "Who did what to which ticket, when, from what to what; without words of people." };
        var command = new Command("export", "Prints what is stored, as JSON.") { person, audit };
        command.Validators.Add(result =>
        {
            if (result.GetValue(audit) == (result.GetValue(person) is not null))
            {
                result.AddError("Say either --person P or --audit.");
            }
        });
        command.SetAction((parsed, cancellationToken) => ReadAsync(
            run,
            snapshot => parsed.GetValue(person) is { } who ? PersonAsync(who, snapshot, run) : AuditAsync(snapshot, run),
            cancellationToken));
        return command;
    }

    private static async Task<int> ReadAsync(CommandRun run, Func<IDeskSnapshot, Task<int>> export, CancellationToken cancellationToken)
    {
        await using var app = run.Build();
        var store = app.Services.GetRequiredService<IDeskStore>();
        if (!await store.LookInAsync(cancellationToken))
        {
            return await run.RefuseAsync("No desk was ever served on this data, so there is nothing to export.");
        }

        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        return await export(snapshot);
    }

    private static async Task<int> PersonAsync(string who, IDeskSnapshot snapshot, CommandRun run)
    {
        if (await snapshot.FindAsync(who) is not { } person)
        {
            return await run.RefuseAsync($"Nobody with the id or address '{who}' is known.");
        }

        var reader = new TicketReader(snapshot);
        var tickets = new List<TicketView>();
        await foreach (var ticket in TicketsAsync(snapshot, person.Id))
        {
            tickets.Add(await reader.WholeAsync(ticket));
        }

        var data = new
        {
            person,
            accounts = (await snapshot.AccountsOfAsync(person.Id)).Select(account => new { account.Channel, account.Account }),
            tickets,
            texts = (await snapshot.TextsByAsync(person.Id)).Select(text => new { text.Ticket, text.Kind, text.At, text.Text }),
            feedback = (await snapshot.FeedbackByAsync(person.Id)).Select(feedback => new { feedback.Ticket, feedback.Team, feedback.At, feedback.Scores }),
        };
        await run.SayAsync(JsonSerializer.Serialize(data, Readable));
        return DeskCommands.Done;
    }

    private static async Task<int> AuditAsync(IDeskSnapshot snapshot, CommandRun run)
    {
        await foreach (var ticket in TicketsAsync(snapshot, reporter: null))
        {
            foreach (var happened in await snapshot.EventsAsync(ticket.Id))
            {
                await run.SayAsync(JsonSerializer.Serialize(
                    new { ticket = ticket.Id, happened.At, happened.By, happened.Kind, from = happened.Before, to = happened.After, details = JsonSerializer.SerializeToElement(happened) },
                    ApiJson.Options));
            }
        }

        return DeskCommands.Done;
    }

    /// <summary>Queries, then everything else; newest first.</summary>
    private static async IAsyncEnumerable<Ticket> TicketsAsync(IDeskSnapshot snapshot, string? reporter)
    {
        foreach (var type in new[] { "query", null })
        {
            IReadOnlyList<Ticket> page = [];
            do
            {
                page = await snapshot.TicketsAsync(new TicketFilter(Type: type, Reporter: reporter, Before: page is [.., var last] ? NumberOf(last) : null, Limit: AtOnce));
                foreach (var ticket in page)
                {
                    yield return ticket;
                }
            }
            while (page.Count == AtOnce);
        }
    }

    private static long NumberOf(Ticket ticket) => long.Parse(ticket.Id.AsSpan(ticket.Id.IndexOf('-', StringComparison.Ordinal) + 1), CultureInfo.InvariantCulture);
}
