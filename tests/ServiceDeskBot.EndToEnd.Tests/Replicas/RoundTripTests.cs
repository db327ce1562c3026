using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.EndToEnd.Tests.Stories;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Replicas;

/// <summary>Accepted, read, stored: whatever a person does every day takes three round trips to PostgreSQL, the answer included.</summary>
public sealed class RoundTripTests
{
    private const int Most = 3;

    [Fact]
    public async Task OrdinaryTurns_OnPostgreSql_TakeThreeRoundTrips()
    {
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartReplicasAsync(teams);
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await ada.BindAsync("network");
        for (var round = 0; round < 4; round++)
        {
            // Each replica has met them twice, so that it knows them, and has its block of ticket numbers.
            await wanda.SayAsync("hello");
            await ada.SayAsync("hello");
            await desk.Person($"user-{round}").SayAsync("My laptop does not start any more.");
        }

        using var trips = new RoundTrips();

        await IsOrdinaryAsync(desk, trips, "a first message", () => SayAsync(teams, "wanda", teams.ChatOf("wanda"), null, WarehouseStory.Words));
        var card = (await wanda.ChatAsync()).Last(post => post.Card.Button("That's right") is not null);
        await IsOrdinaryAsync(desk, trips, "the tap that makes the incident", () => PressAsync(teams, "wanda", card, "That's right"));
        await IsOrdinaryAsync(desk, trips, "a status question", () => SayAsync(teams, "wanda", teams.ChatOf("wanda"), null, "my tickets"));
        await IsOrdinaryAsync(desk, trips, "one thing more", () => SayAsync(teams, "wanda", teams.ChatOf("wanda"), null, "It is the access point in hall 3."));
        var teamCard = (await ada.PostsAsync()).Last(post => post.Card.Button("Claim") is not null);
        await IsOrdinaryAsync(desk, trips, "a claim", () => PressAsync(teams, "ada", teamCard, "Claim"));
        await IsOrdinaryAsync(desk, trips, "a note in the thread", () => SayAsync(teams, "ada", teamCard.Conversation, teamCard.Id, "I am on my way."));
    }

    private static async Task IsOrdinaryAsync(RunningDesk desk, RoundTrips trips, string what, Func<Task> deliver)
    {
        var asked = await trips.OfAsync(deliver);
        await desk.SettledAsync();

        Assert.True(asked.Count is > 0 and <= Most, $"{what} took {asked.Count} round trips:\n{string.Join("\n----\n", asked)}");
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {asked.Count}");
    }

    private static Task<string> SayAsync(TeamsPlatform teams, string person, string conversation, string? thread, string text) =>
        teams.SayAsync(person, new Said(conversation, thread, text));

    private static Task<string> PressAsync(TeamsPlatform teams, string person, SeenPost post, string title) =>
        teams.PostAsync(teams.InvokeOf(person, post, post.Card.Button(title)!));
}
