using System.Collections.Concurrent;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>An outlet that remembers what it sent as the desk meant it.</summary>
public sealed class CardLog(IOutlet outlet, ConcurrentDictionary<(string Conversation, string Post), PostedCard> cards) : IOutlet
{
    public string Channel => outlet.Channel;

    public async Task<SendResult> PostAsync(Place to, Card card, Reader reader, CancellationToken cancellationToken) =>
        Remembered(await outlet.PostAsync(to, card, reader, cancellationToken), card);

    public async Task<SendResult> UpdateAsync(Place at, string postId, Card card, Reader reader, CancellationToken cancellationToken) =>
        Remembered(await outlet.UpdateAsync(at, postId, card, reader, cancellationToken), card);

    private SendResult Remembered(SendResult result, Card card)
    {
        if (result is SendResult.Sent sent)
        {
            cards[(sent.At.Conversation, sent.PostId)] = new PostedCard(sent.At, sent.PostId, card);
        }

        return result;
    }
}

/// <summary>A message of the desk.</summary>
public sealed record PostedCard(Place At, string PostId, Card Card);
