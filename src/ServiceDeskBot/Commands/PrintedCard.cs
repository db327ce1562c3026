using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;

namespace ServiceDeskBot.Commands;

/// <summary>A card as lines on the terminal, in English and the desk's zone.</summary>
internal static class PrintedCard
{
    public static async Task PrintAsync(Card card, DeskContent desk, Phrasebook phrasebook, CommandRun run)
    {
        var reader = Reader.For("en", desk.Policies.Digest.Zone);
        foreach (var part in card.Parts)
        {
            switch (part)
            {
                case TextPart { Style: TextStyle.Heading } heading:
                    await run.SayAsync($"\n{phrasebook.Say(heading.Text, reader)}");
                    break;
                case TextPart text:
                    await run.SayAsync($"  {phrasebook.Say(text.Text, reader)}");
                    break;
                case FactsPart facts:
                    foreach (var fact in facts.Facts)
                    {
                        await run.SayAsync($"  {phrasebook.Say(fact.Label, reader)}: {phrasebook.Say(fact.Value, reader)}");
                    }

                    break;
            }
        }
    }
}
