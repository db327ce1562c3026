using ServiceDeskBot.EndToEnd.Tests.Deliveries;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.EndToEnd.Tests.Stories;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Replicas;

/// <summary>
/// Two hosts on one PostgreSQL are one desk to the people: every delivery goes to the other replica than the one before.
/// Not on the local console, whose posts lie in the folder of one process.
/// </summary>
public sealed class ReplicaStory
{
    [Theory, InlineData("teams"), InlineData("slack")]
    public async Task Warehouse_EveryDeliveryToTheOtherReplica_IsTheSameStory(string platform) =>
        await WarehouseStory.TellAsync(await RunningDesk.StartReplicasAsync(ChatPlatform.Of(platform)));

    [Theory, InlineData("teams"), InlineData("slack")]
    public async Task Warehouse_EveryDeliveryToBothAtOnceAndOnceMore_IsTheSameStory(string platform) =>
        await WarehouseStory.TellAsync(await RunningDesk.StartReplicasAsync(ChatPlatform.Of(platform, repeatsDeliveries: true)));

    [Theory, InlineData("teams"), InlineData("slack")]
    public async Task Claim_ByTwoHundredAtOnceOverTwoReplicas_HasOneOwnerAndTellsTheOthers(string platform)
    {
        var content = DeskFolders.WithNetworkAgents(SimultaneousClaimTests.Agents);
        await SimultaneousClaimTests.ClaimAsync(await RunningDesk.StartReplicasAsync(ChatPlatform.Of(platform), $"--Desk:Path={content.FullName}"));
        content.Delete(recursive: true);
    }

    [Theory, InlineData("teams"), InlineData("slack")]
    public async Task SayAsync_ManyThingsInOneChatAtOnceOnBoth_AreDecidedInTheOrderOfArrival(string platform)
    {
        await using var desk = await RunningDesk.StartReplicasAsync(ChatPlatform.Of(platform));
        var wanda = desk.Person("wanda");
        await wanda.SayAsync(WarehouseStory.Words);
        await wanda.PressAsync("That's right");
        var incident = await desk.OnlyAsync("incident");

        await Task.WhenAll(Enumerable.Range(0, 30).Select(i => wanda.SayAsync($"One more thing about the wifi, number {i}.")));

        // Each is on the ticket once, and the ticket's words are in the order of the inbox.
        var texts = (await desk.TextsAsync(incident.Id)).Select(text => text.Text).Where(text => text.Contains("number", StringComparison.Ordinal)).ToList();
        Assert.Equal(30, texts.Distinct().Count());
        Assert.Equal(30, texts.Count);
        Assert.Equal(await desk.InboxOrderAsync(), await desk.DecidedOrderAsync());
    }

    [Theory, InlineData("teams"), InlineData("slack")]
    public async Task Timers_TwoReplicas_RingOnce(string platform)
    {
        await using var desk = await RunningDesk.StartReplicasAsync(ChatPlatform.Of(platform));
        var people = Enumerable.Range(1, 12).Select(n => desk.Person($"user-{n:00}")).ToList();
        foreach (var person in people)
        {
            await person.SayAsync("My laptop does not start any more.");
        }

        await desk.PassAsync(TimeSpan.FromMinutes(11));

        Assert.Equal(12, (await desk.TicketsAsync()).Count(ticket => ticket.Type == "incident"));
        foreach (var person in people)
        {
            Assert.Single(await person.ChatAsync(), post => post.Card.Text.Contains("so I logged it", StringComparison.Ordinal));
        }
    }

    [Theory, InlineData("teams"), InlineData("slack")]
    public async Task Digest_TwoReplicas_GoesOutOnceADay(string platform)
    {
        await using var desk = await RunningDesk.StartReplicasAsync(ChatPlatform.Of(platform));
        var mara = desk.Person("mara");
        await mara.SayAsync("hello");
        await desk.Person("wanda").SayAsync(WarehouseStory.Words);
        await desk.Person("wanda").PressAsync("That's right");

        await desk.PassAsync(TimeSpan.FromHours(23));
        Assert.Single(await mara.ChatAsync(), post => post.Card.Text.Contains("Your digest", StringComparison.Ordinal));
        await desk.PassAsync(TimeSpan.FromHours(1));
        Assert.Single(await mara.ChatAsync(), post => post.Card.Text.Contains("Your digest", StringComparison.Ordinal));
    }
}
