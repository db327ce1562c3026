using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Simulation.Hosts;

namespace ServiceDeskBot.Simulation.Platforms;

/// <summary>A host's way to a platform: every call may be refused, be lost, be done without an answer, or be the last thing the host does.</summary>
internal sealed class SimulatedOutlet(SimulatedHost host, Platform platform, World world) : IOutlet
{
    public string Channel => platform.Name;

    public async Task<SendResult> PostAsync(Place to, Card card, Reader reader, CancellationToken cancellationToken)
    {
        var fate = await BeginAsync($"post to {to.Conversation}", isUpdate: false);
        var conversation = to.Conversation.StartsWith('@') ? platform.Personal(to.Conversation[1..]) : platform.Find(to.Conversation);
        if (conversation is null)
        {
            return new SendResult.Refused("404 conversation");
        }

        if (conversation.Member is { HasBlockedBot: true } && !world.Weather.IsCalm)
        {
            return new SendResult.Refused("403 blocked");
        }

        var post = fate.Happens ? platform.Show(conversation, to.Thread, card) : null;
        if (post is not null)
        {
            world.Audit.Outgoing.Arrived(card, to, isCertain: fate.Says is null);
        }

        await EndAsync(fate);
        return fate.Says ?? new SendResult.Sent(post!.Id, to with { Conversation = conversation.Id, Kind = conversation.Kind });
    }

    public async Task<SendResult> UpdateAsync(Place at, string postId, Card card, Reader reader, CancellationToken cancellationToken)
    {
        var fate = await BeginAsync($"update {postId} in {at.Conversation}", isUpdate: true);
        if (platform.Find(at.Conversation) is not { } conversation || !conversation.Posts.TryGetValue(postId, out var post))
        {
            return new SendResult.Vanished("message_not_found");
        }

        if (fate.Says is SendResult.Vanished)
        {
            conversation.Posts.Remove(postId);
        }
        else if (fate.Happens)
        {
            platform.Change(conversation, post, card);
        }

        await EndAsync(fate);
        return fate.Says ?? new SendResult.Sent(postId, at);
    }

    private async Task<CallFate> BeginAsync(string what, bool isUpdate)
    {
        await host.DieHereAsync($"before {what}");
        await host.Life.PauseAsync(world.Weather.Network());
        var fate = world.Weather.FateOf(platform.Name, isUpdate);
        world.Journal.Write($"{host.Life.Name} {platform.Name}: {what}: {fate.Says?.ToString() ?? "ok"}");
        return fate;
    }

    private async Task EndAsync(CallFate fate)
    {
        if (fate.Takes > TimeSpan.Zero)
        {
            await host.Life.PauseAsync(fate.Takes);
        }

        await host.DieHereAsync("after a call");
    }
}
