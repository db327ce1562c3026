using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Channels.Teams.Invokes;

/// <summary>A card as one short plain text.</summary>
/// <param name="IsWhole">False when the card holds more than the text: buttons, inputs, pictures, or too many words.</param>
internal sealed record Notice(string Text, bool IsWhole)
{
    private const int Longest = 400;

    public static Notice Of(Card card, Phrasebook phrasebook, Reader reader)
    {
        var text = string.Join(' ', card.Parts.Select(part => Say(part, phrasebook, reader)).Where(line => line.Length > 0));
        var isWhole = text.Length <= Longest && card.Buttons.Count == 0 && card.Parts.All(part => part is TextPart or FactsPart);
        return new Notice(OutgoingActivity.Shorten(text, Longest), isWhole);
    }

    private static string Say(CardPart part, Phrasebook phrasebook, Reader reader) => part switch
    {
        TextPart text => phrasebook.Say(text.Text, reader),
        FactsPart facts => string.Join(", ", facts.Facts.Select(fact => $"{phrasebook.Say(fact.Label, reader)}: {phrasebook.Say(fact.Value, reader)}")),
        _ => "",
    };
}
