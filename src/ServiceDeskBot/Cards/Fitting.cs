using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>Makes a card small enough for a platform: first long texts are cut, then, with very many parts, the last ones are left out.</summary>
internal static class Fitting
{
    /// <summary>Where a card belongs to a ticket, longer texts are cut and <em>Show all</em> gives the rest.</summary>
    public const int LongText = 3000;

    // More than any platform takes, so that nothing is cut before it must be.
    private const int Unlimited = 40_000;
    private const int ShortText = 200;

    private static readonly TextPart LeftOut = new(Phrase.Key("cards.cut"), TextStyle.Subtle);

    /// <summary>The action of <em>Show all</em>; the desk answers it with the whole text.</summary>
    public const string ShowAll = "show-all";

    /// <summary>The ticket that the card's buttons carry, for <em>Show all</em>; <c>null</c> where they carry none.</summary>
    public static string? TicketOf(Card card) =>
        card.Buttons.Concat(card.Parts.OfType<ButtonsPart>().SelectMany(part => part.Buttons))
            .Select(button => button.Data.GetValueOrDefault("ticket"))
            .FirstOrDefault(ticket => ticket is not null);

    /// <summary>True where the last of these parts did not fit.</summary>
    public static bool IsShortened(IReadOnlyList<CardPart> parts) => parts.Contains(LeftOut, ReferenceEqualityComparer.Instance);

    /// <summary>The card's own buttons, with <em>Show all</em> where something was cut and the desk can tell the rest.</summary>
    public static IReadOnlyList<Button> ButtonsOf(Card card, bool wasCut)
    {
        if (!wasCut || TicketOf(card) is not { } ticket || card.Buttons.Any(button => button.Action == ShowAll))
        {
            return card.Buttons;
        }

        var showAll = new Button(Phrase.Key("cards.show-all"), ShowAll, new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket });
        return [.. card.Buttons, showAll];
    }

    /// <param name="render">Renders these parts with no text longer than the number, and says whether the result is small enough.</param>
    /// <param name="longText">The length to begin with; <c>null</c> for no limit.</param>
    public static T Fit<T>(IReadOnlyList<CardPart> parts, int? longText, Func<IReadOnlyList<CardPart>, int, (T Rendered, bool Fits)> render)
    {
        for (var longest = longText ?? Unlimited; longest > ShortText; longest = longest * 3 / 4)
        {
            var (rendered, fits) = render(parts, longest);
            if (fits)
            {
                return rendered;
            }
        }

        return LeaveOut(InSmallSteps(parts), render);
    }

    private static T LeaveOut<T>(List<CardPart> parts, Func<IReadOnlyList<CardPart>, int, (T Rendered, bool Fits)> render)
    {
        var (kept, tooMany) = (0, parts.Count + 1);
        while (tooMany - kept > 1)
        {
            var middle = (kept + tooMany) / 2;
            (kept, tooMany) = render(Beginning(parts, middle), ShortText).Fits ? (middle, tooMany) : (kept, middle);
        }

        return render(Beginning(parts, kept), ShortText).Rendered;
    }

    /// <summary>The first parts, a mark, and every input: a form without one of its inputs could never be sent.</summary>
    private static List<CardPart> Beginning(List<CardPart> parts, int count) =>
        count >= parts.Count
            ? parts
            : [.. parts.Take(count), LeftOut, .. parts.Skip(count).OfType<InputPart>()];

    private static List<CardPart> InSmallSteps(IReadOnlyList<CardPart> parts) =>
        [.. parts.SelectMany(part => part is FactsPart facts ? facts.Facts.Chunk(5).Select(some => (CardPart)new FactsPart(some)) : [part])];
}
