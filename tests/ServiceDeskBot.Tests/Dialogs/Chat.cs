using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Dialogs;
using Xunit;

namespace ServiceDeskBot.Tests.Dialogs;

/// <summary>A conversation with one dialog, written as it is read in the chat window.</summary>
internal sealed class Chat(IDialog dialog, object state, Ticket? ticket = null)
{
    private static readonly Phrasebook Book = new(typeof(Phrasebook).Assembly, AllDialogs.Assembly);
    private static readonly DateTimeOffset Now = new(2026, 11, 18, 9, 0, 0, TimeSpan.Zero);

    private DialogFrame _frame = DialogFrame.Of(dialog.Name, dialog.Version, state, Now);

    public Move Last { get; private set; } = Move.Pass;

    public Chat User(string text) => Take(new DialogInput.Typed(text));

    public Chat Taps(string question, string value, string? words = null) => Take(new DialogInput.Tapped(
        new Dictionary<string, string> { ["ticket"] = dialog.TicketOf(_frame)!, ["question"] = question, ["value"] = value },
        words is null ? [] : new Dictionary<string, string> { ["text"] = words }));

    public Chat Bot(string text)
    {
        Assert.NotNull(Last.Says);
        Assert.Equal(text, Book.Say(Last.Says.Parts.OfType<TextPart>().First().Text, new Reader("en", TimeZoneInfo.Utc)));
        return this;
    }

    public Chat Does<TAction>(Action<TAction>? check = null)
    {
        check?.Invoke(Assert.IsType<TAction>(Last.Does, exactMatch: true));
        Assert.IsType<TAction>(Last.Does, exactMatch: true);
        return this;
    }

    public Chat Passes()
    {
        Assert.True(Last.Passes);
        return this;
    }

    /// <summary>The state as an earlier deployment left it.</summary>
    public Chat Stored(string json, int version)
    {
        _frame = new DialogFrame(dialog.Name, version, System.Text.Json.JsonDocument.Parse(json).RootElement, Now);
        return this;
    }

    private Chat Take(DialogInput input)
    {
        Last = dialog.Take(_frame, input, new Facts(new Person("wanda", "Wanda", null, []), Now, Desk, ticket, Book));
        if (Last.Next is { } next)
        {
            _frame = _frame with { State = next };
        }

        return this;
    }

    /// <summary>The dialogs under test look at the ticket, not at the desk's content.</summary>
    private static DeskContent Desk { get; } = new([], [], [], [], null!, [], []);
}
