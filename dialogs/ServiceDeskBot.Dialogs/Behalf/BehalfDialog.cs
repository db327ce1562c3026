using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Dialogs.Prompts;

namespace ServiceDeskBot.Dialogs.Behalf;

/// <summary>"My colleague cannot log in": asks which colleague, and lets the matter go on meanwhile.</summary>
public sealed class BehalfDialog : Dialog<BehalfState>
{
    private static PersonPrompt Who { get; } = new("who", Phrase.Key("behalf.who"), Phrase.Key("behalf.again"), Phrase.Key("behalf.me"));

    public override string Name => NameAffected.Dialog;

    public override string? Action => NameAffected.Dialog;

    protected override string? TicketOf(BehalfState state) => state.Query;

    protected override Move Take(BehalfState state, DialogInput input, Facts facts)
    {
        // The query may have been logged meanwhile: the answer goes to what it became.
        var meant = facts.Ticket is { IsOpen: false } done ? done.Links.LastOrDefault(link => link.Rel == "became")?.Id : facts.Ticket?.Id;
        return meant is null
            ? Move.Drop
            : Who.Take(Asking.About(state, NameAffected.Dialog, state.Query), input, facts, named =>
            {
                var noted = Move.Do(new NameAffected(named.Person, named.Words), meant, Card.Of(Phrase.Key("behalf.noted", ("other", named.Words))));
                return noted with { AnyWords = named.Person is null && input is DialogInput.Typed };
            });
    }
}
