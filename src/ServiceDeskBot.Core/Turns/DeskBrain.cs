using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Turns;

/// <summary>What deciding needs besides the stored state: content, dialogs, the reading of texts, the platforms spoken on.</summary>
/// <param name="Channels">The platforms the desk can send on.</param>
/// <param name="Book">The product's texts, to recognise a button's title when it is typed.</param>
public sealed record DeskBrain(DeskContent Desk, IReadOnlyList<IDialog> Dialogs, QueryReading Reading, IReadOnlyCollection<string> Channels, Phrasebook Book)
{
    public IDialog? Dialog(string name) => Dialogs.FirstOrDefault(dialog => dialog.Name == name);
}
