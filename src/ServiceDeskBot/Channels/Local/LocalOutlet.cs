using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk.Content;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Channels.Local;

/// <summary>The desk's way out to the console: hangs up cards and changes them.</summary>
internal sealed class LocalOutlet(LocalPosts posts, CurrentDesk desk, HtmlCardRenderer cards, TimeProvider clock) : IOutlet
{
    public const string DeskName = "Service desk";

    public string Channel => LocalPlaces.Channel;

    public async Task<SendResult> PostAsync(Place to, Card card, Reader reader, CancellationToken cancellationToken)
    {
        var conversation = to.Conversation.StartsWith('@') ? LocalPlaces.ChatOf(to.Conversation[1..]) : to.Conversation;
        if (!LocalPlaces.Exists(desk.Content, conversation))
        {
            return new SendResult.Refused($"The console has no place '{conversation}'.");
        }

        var place = LocalPlaces.At(conversation, to.Thread);
        var now = clock.GetUtcNow();
        var post = new LocalPost(Guid.CreateVersion7(now).ToString(), conversation, place.Thread, Author: null, DeskName, Text: null, cards.Render(card, reader), now);
        await posts.AddAsync(post, cancellationToken);
        return new SendResult.Sent(post.Id, place);
    }

    public async Task<SendResult> UpdateAsync(Place at, string postId, Card card, Reader reader, CancellationToken cancellationToken) =>
        await posts.ReplaceCardAsync(at.Conversation, postId, cards.Render(card, reader), cancellationToken)
            ? new SendResult.Sent(postId, at)
            : new SendResult.Vanished($"The console has no post '{postId}' in '{at.Conversation}'.");
}
