using ServiceDeskBot.Core.Feedback;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Storage.Stores;

internal partial class DeskSnapshot
{
    public ValueTask<IReadOnlyList<TicketText>> TextsByAsync(string person) => Open.ListAsync(PersonalSql.TextsBy, TicketSql.Text, person);

    public ValueTask<IReadOnlyList<NamedFeedback>> FeedbackByAsync(string person) => Open.ListAsync(PersonalSql.FeedbackBy, FeedbackSql.NamedRow, person);
}
