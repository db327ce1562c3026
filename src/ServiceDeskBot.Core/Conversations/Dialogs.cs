using System.Text.Json;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;

namespace ServiceDeskBot.Core.Conversations;

/// <summary>
/// A conversation with a memory: a pure function from state, input and facts to a move. It decides, it never performs;
/// the turn does what the move says and stores the state it leaves.
/// </summary>
public interface IDialog
{
    /// <summary>Stored with the state: never renamed.</summary>
    string Name { get; }

    /// <summary>Version of the state record; raise it when the record changes shape.</summary>
    int Version { get; }

    /// <summary>The action its buttons carry, or <c>null</c> when it only reads typed answers.</summary>
    string? Action { get; }

    /// <summary>
    /// True when it waits for an answer in words: what is no answer to it is asked for again, and after an interruption the
    /// person is offered to go on. False when it only takes what happens to fit.
    /// </summary>
    bool Insists { get; }

    /// <summary>The ticket that a stored state is about, or <c>null</c>.</summary>
    string? TicketOf(DialogFrame frame);

    /// <summary>What the person has told so far and what is kept nowhere else, for the one who takes over; <c>null</c> when there is nothing.</summary>
    string? SoFar(DialogFrame frame, DeskContent desk);

    Move Take(DialogFrame frame, DialogInput input, Facts facts);
}

/// <summary>What reaches a dialog.</summary>
public abstract record DialogInput
{
    private DialogInput()
    {
    }

    /// <summary>The person typed, trimmed, or sent files.</summary>
    public sealed record Typed(string Text) : DialogInput
    {
        public IReadOnlyList<Attachment> Files { get; init; } = [];
    }

    /// <summary>The dialog begins, or the person wants to go on with it after something else: ask the present question.</summary>
    public sealed record Resumed : DialogInput;

    /// <summary>The person pressed one of the dialog's buttons.</summary>
    public sealed record Tapped(IReadOnlyDictionary<string, string> Data, IReadOnlyDictionary<string, string> Fields) : DialogInput;
}

/// <summary>What a dialog may know besides its state.</summary>
/// <param name="Ticket">The ticket it is about, as stored; <c>null</c> when there is none.</param>
/// <param name="Book">Knows the titles of buttons in every language, since people also type them.</param>
public sealed record Facts(Person Person, DateTimeOffset Now, DeskContent Desk, Ticket? Ticket, Phrasebook Book)
{
    /// <summary>The zone in which the person names clock times.</summary>
    public TimeZoneInfo Zone { get; init; } = TimeZoneInfo.Utc;

    /// <summary>People the words may mean: those of the desk, and whoever has the address that was named.</summary>
    public IReadOnlyList<Person> People { get; init; } = [];
}

/// <summary>What a dialog wants to happen.</summary>
public sealed record Move
{
    private Move()
    {
    }

    /// <summary>Not an answer to this dialog: the message is read as if the dialog were not there; the dialog waits on.</summary>
    public static Move Pass { get; } = new() { Passes = true };

    /// <summary>Over, without a word.</summary>
    public static Move End { get; } = new() { Ends = true };

    /// <summary>Over, and what was said is read as if the dialog had not been there.</summary>
    public static Move Drop { get; } = new() { Ends = true, Passes = true };

    public bool Passes { get; private init; }

    public bool Ends { get; private init; }

    /// <summary>True when the answer made no sense; after several in a row a person takes over.</summary>
    public bool NotUnderstood { get; private init; }

    /// <summary>True when any words would have been an answer: what clearly means something else is that, and no answer.</summary>
    public bool AnyWords { get; init; }

    /// <summary>The state it waits in; <c>null</c> when it ends or passes.</summary>
    public JsonElement? Next { get; private init; }

    /// <summary>Said in place of the pressed card, or as a message after typed words.</summary>
    public Card? Says { get; init; }

    /// <summary>A form that the answers filled in.</summary>
    public Pressed? Sends { get; private init; }

    /// <summary>What is done, on <see cref="On"/>.</summary>
    public TicketAction? Does { get; init; }

    public string? On { get; init; }

    /// <summary>Waits for the next answer in this state.</summary>
    public static Move Ask<TState>(TState state, Card says) => new() { Next = JsonSerializer.SerializeToElement(state, JsonSerializerOptions.Web), Says = says };

    /// <summary>Asks again, since the answer made no sense.</summary>
    public static Move AskAgain<TState>(TState state, Card says) => Ask(state, says) with { NotUnderstood = true };

    /// <summary>Lets an action happen; the dialog is over.</summary>
    public static Move Do(TicketAction action, string on, Card? says = null) => new() { Ends = true, Does = action, On = on, Says = says };

    /// <summary>Says something and is over.</summary>
    public static Move Finish(Card says) => new() { Ends = true, Says = says };

    /// <summary>Sends a form as if it had been filled in and sent; the dialog is over.</summary>
    public static Move Send(Pressed form) => new() { Ends = true, Sends = form };

    /// <summary>Lets an action happen and waits on in the same state, since the action answers for itself.</summary>
    public static Move DoAndStay<TState>(TState state, TicketAction action, string on) =>
        new() { Next = JsonSerializer.SerializeToElement(state, JsonSerializerOptions.Web), Does = action, On = on };
}

/// <summary>A dialog with its typed state.</summary>
public abstract class Dialog<TState> : IDialog
    where TState : class
{
    public abstract string Name { get; }

    public virtual int Version => 1;

    public virtual string? Action => null;

    public virtual bool Insists => true;

    public string? TicketOf(DialogFrame frame) => Load(frame) is { } state ? TicketOf(state) : null;

    public string? SoFar(DialogFrame frame, DeskContent desk) => Load(frame) is { } state ? SoFar(state, desk) : null;

    public Move Take(DialogFrame frame, DialogInput input, Facts facts) => Load(frame) is { } state ? Take(state, input, facts) : Move.Drop;

    protected abstract string? TicketOf(TState state);

    protected abstract Move Take(TState state, DialogInput input, Facts facts);

    protected virtual string? SoFar(TState state, DeskContent desk) => null;

    /// <summary>Reads a state stored at an older version; <c>null</c> when it cannot go on.</summary>
    protected virtual TState? Upgrade(JsonElement state, int version) => null;

    private TState? Load(DialogFrame frame)
    {
        try
        {
            return frame.Version == Version ? frame.State.Deserialize<TState>(JsonSerializerOptions.Web) : Upgrade(frame.State, frame.Version);
        }
        catch (JsonException)
        {
            // A state that cannot be read any more ends its dialog; the words are read afresh.
            return null;
        }
    }
}
