using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Cards;

/// <summary>What a card of a ticket may look up while it is drawn.</summary>
/// <param name="Summary">The ticket's words for headings.</param>
public sealed record TicketView(DeskContent Desk, DateTimeOffset Now, IDeskSnapshot Snapshot, string Summary)
{
    /// <summary>Solved tickets like this one, with their owners; empty where nobody looked.</summary>
    public IReadOnlyList<SolvedAlike> Alike { get; init; } = [];

    /// <summary>The platform where the card hangs; <c>null</c> where it matters to none.</summary>
    public string? Channel { get; init; }

    /// <summary>A card names most people twice.</summary>
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public async ValueTask<string> NameAsync(string? id)
    {
        if (id is null)
        {
            return "";
        }

        if (!_names.TryGetValue(id, out var name))
        {
            _names[id] = name = (await Snapshot.PersonAsync(id))?.Name ?? id;
        }

        return name;
    }
}

/// <summary>A solved ticket like the present one.</summary>
public sealed record SolvedAlike(string Ticket, string Summary, string? Owner);
