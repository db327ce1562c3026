using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Core.People;

/// <summary>What is stored of one person's words. Walks through everything, so for commands only.</summary>
public interface IPersonalRecords
{
    /// <summary>Their words in any ticket, in order of time.</summary>
    ValueTask<IReadOnlyList<TicketText>> TextsByAsync(string person);

    /// <summary>Feedback they gave under their name, in order of time.</summary>
    ValueTask<IReadOnlyList<NamedFeedback>> FeedbackByAsync(string person);
}
