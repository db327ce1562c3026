using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.EndToEnd.Tests.Stories;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Deliveries;

/// <summary>Two hundred agents claim the same ticket at the same moment: one gets it, and everybody else is told who.</summary>
public sealed class SimultaneousClaimTests
{
    internal const int Agents = 200;

    [Theory, OnEveryPlatform]
    public async Task Claim_ByTwoHundredAtOnce_HasOneOwnerAndTellsTheOthers(string platform)
    {
        var content = DeskFolders.WithNetworkAgents(Agents);
        await ClaimAsync(await RunningDesk.StartAsync(platform, $"--Desk:Path={content.FullName}"));
        content.Delete(recursive: true);
    }

    /// <param name="started">With as many agents in the network team; closed at the end.</param>
    internal static async Task ClaimAsync(RunningDesk started)
    {
        await using var desk = started;
        var ada = desk.Person("ada");
        await ada.BindAsync("network");
        await desk.Person("wanda").SayAsync(WarehouseStory.Words);
        await desk.Person("wanda").PressAsync("That's right");
        await ada.SeesAsync("(Claim)");
        var incident = (await desk.OnlyAsync("incident")).Id;
        var card = (await ada.PostsAsync()).Last(post => post.Card.Button("Claim") is not null);
        var agents = Enumerable.Range(1, Agents).Select(n => desk.Person($"agent-{n:000}")).ToList();

        // Half of them press the one card, which is one conversation; the others type it where they are, which are a hundred.
        await Task.WhenAll(agents.Select((agent, i) => i % 2 == 0 ? agent.PressAsync(card, card.Card.Button("Claim")!) : agent.SayAsync($"claim {incident}")));

        var owner = (await desk.OnlyAsync("incident")).Owner;
        Assert.StartsWith("agent-", owner, StringComparison.Ordinal);
        Assert.Single(await desk.EventsAsync("incident"), kind => kind == "claimed");
        foreach (var agent in agents.Where(agent => agent.Name != owner))
        {
            agent.Join("network");
            await agent.SeesAsync($"{owner} took this");
        }

        await desk.SettledAsync();
    }
}
