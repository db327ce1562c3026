using System.Text.Json;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Fulfilment;

/// <summary>A step that a program does: what it is told, and what its answer changes.</summary>
internal static class WebhookStep
{
    private const int MostRepeats = 3;

    /// <summary><c>null</c> when the ticket or the task is not there any more.</summary>
    public static async ValueTask<WebhookRequest?> RequestAsync(Call call, IDeskSnapshot snapshot)
    {
        if (await snapshot.TicketAsync(call.Ticket) is not { } ticket || ticket.Tasks.FirstOrDefault(task => task.Id == call.Task) is not { Call: { } webhook })
        {
            return null;
        }

        var requester = await snapshot.PersonAsync(ticket.Reporter);
        var fields = (await snapshot.TextsAsync(ticket.Id)).LastOrDefault(text => text.Kind == "fields")?.Text;
        return new WebhookRequest(
            webhook,
            ticket.Id,
            ticket.Item ?? "",
            call.Task,
            call.Undo,
            ticket.Reporter,
            requester?.Name ?? ticket.Reporter,
            requester?.Email,
            fields is null ? new Dictionary<string, string>(StringComparer.Ordinal) : JsonSerializer.Deserialize<Dictionary<string, string>>(fields)!);
    }

    /// <summary>Stores what the answer changes; decided again when something else changed the ticket meanwhile.</summary>
    public static async Task SettleAsync(Call call, bool succeeded, IDeskStore store, DeskBrain brain, TimeProvider clock, Signals signals)
    {
        for (var attempt = 0; ; attempt++)
        {
            var decision = new Decision(clock.GetUtcNow());
            await using (var snapshot = await store.SnapshotAsync(CancellationToken.None))
            {
                if (await snapshot.TicketAsync(call.Ticket) is not { } ticket)
                {
                    return;
                }

                var context = new TurnContext(TurnContext.DeskItself, new Place("", "", null, PlaceKind.Personal), snapshot, brain.Desk, brain.Channels, () => store.NextNumberAsync(CancellationToken.None), decision) { Reading = brain.Reading };
                await Work.AnsweredAsync(context, ticket, call, succeeded);
            }

            if (!decision.ChangesAnything)
            {
                return;
            }

            if (await store.CommitAsync(decision.ToUnit(), CancellationToken.None) == CommitResult.Done)
            {
                signals.Committed(decision);
                return;
            }

            if (attempt >= MostRepeats)
            {
                throw new InvalidOperationException($"The answer to step {call.Task} of {call.Ticket} met a conflict each time.");
            }
        }
    }
}
