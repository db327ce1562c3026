using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Turns;

/// <summary>What deciding needs besides the stored state: content, dialogs, the reading of texts, the platforms spoken on.</summary>
/// <param name="Channels">The platforms the desk can send on.</param>
public sealed record DeskBrain(DeskContent Desk, IReadOnlyList<IDialog> Dialogs, QueryReading Reading, IReadOnlyCollection<string> Channels)
{
    public IDialog? Dialog(string name) => Dialogs.FirstOrDefault(dialog => dialog.Name == name);
}
