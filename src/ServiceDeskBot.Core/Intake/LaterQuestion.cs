using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Asked once more what was not known yet.</summary>
/// <param name="Asked">Facts that were asked in this talk and stay unknown.</param>
public sealed record LaterState(string Ticket, IReadOnlyList<string> Asked);

/// <summary>The question of the <see cref="UnknownFacts.Dialog"/>, as the desk asks it by itself and the dialog asks it again.</summary>
public static class LaterQuestion
{
    public const string StillUnknown = "still-unknown";

    public static Card Card(string ticket, string fact, DeskContent desk)
    {
        var question = Phrase.Key("unknown.ask", ("ticket", ticket), ("question", UnknownFacts.QuestionOf(fact, desk)));
        return new Card([new TextPart(question)], [Answer(Phrase.Key("button.not-known-yet"), StillUnknown), Answer(Phrase.Key("button.not-needed"), FactState.NotNeeded)]) { Summary = question };

        Button Answer(Phrase title, string value) =>
            new(title, UnknownFacts.Dialog, new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket, ["question"] = fact, ["value"] = value });
    }
}
