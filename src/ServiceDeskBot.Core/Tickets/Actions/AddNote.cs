using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>Internal words: kept with the ticket, shown to the team, never to the person.</summary>
/// <param name="Post">The thread message the words came in; <c>null</c> from a form.</param>
public sealed record AddNote(string? Words, string? Post = null) : TicketAction
{
    /// <summary>What a work update should tell; the form asks for each, and any may be skipped.</summary>
    public static IReadOnlyList<string> Headings { get; } = ["symptoms", "business", "items", "done", "planned"];

    public override Right Needs => Right.Work;

    public override bool OnClosed => true;

    /// <summary>A note out of the form's fields, each under its heading; words left empty are left out.</summary>
    public static AddNote From(IReadOnlyDictionary<string, string> fields)
    {
        var lines = Headings.Where(heading => !string.IsNullOrWhiteSpace(fields.GetValueOrDefault(heading)))
            .Select(heading => $"{char.ToUpperInvariant(heading[0])}{heading[1..]}: {fields[heading].Trim()}");
        var words = string.Join('\n', lines.Prepend(fields.GetValueOrDefault("text")?.Trim() ?? "").Where(line => line.Length > 0));
        return new AddNote(words.Length > 0 ? words : null);
    }

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (string.IsNullOrWhiteSpace(Words))
        {
            turn.Decision.Answer = Ask(ticket);
            return;
        }

        var text = turn.Decision.Keep(ticket.Id, "note", turn.Actor.Id, "team", Words, Post);
        turn.Decision.Apply(ticket, new Noted { At = turn.Now, By = turn.Actor.Id, Text = text });
        if (Post is null)
        {
            await turn.TellTeamAsync(ticket, Card.Of(Phrase.Key("note.told", ("agent", turn.Actor.Name), ("words", Words))));
        }
    }

    private static ShowForm Ask(Ticket ticket) => new(new Form(
        "note",
        Phrase.Key("note.title", ("ticket", ticket.Id)),
        Phrase.Key("note.submit"),
        [
            new InputPart("text", Phrase.Key("note.label"), InputKind.LongText, Required: false),
            // Where nobody knows the path yet, headings would only be in the way.
            .. ticket.Work == WorkKind.Novel ? [] : Headings.Select(heading => new InputPart(heading, Phrase.Key($"note.{heading}"), InputKind.Text, Required: false)),
        ],
        Of(ticket)));
}
