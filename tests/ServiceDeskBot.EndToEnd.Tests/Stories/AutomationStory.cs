using System.Net.Http.Json;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>What automation changed, with the figures it may have made worse; and what would be worth automating next.</summary>
public sealed class AutomationStory
{
    private static readonly string[] Key = ["--Api:Keys:0:Name=erp", "--Api:Keys:0:Key=erp-secret", "--Api:Keys:0:Scopes:0=tickets:write"];

    [Fact]
    public async Task EffectReport_BeforeAndAfter_ShowsTheSameFiguresForBoth()
    {
        var folder = DeskFolders.With(("policies.yaml", text => DeskFolders.ReplaceOnce(text, "  accountable: mara\n", "  accountable: mara\n  since: 2026-12-10\n")));
        await using var desk = await RunningDesk.StartAsync("local", [.. Key, $"--Desk:Path={folder.FullName}"]);
        var (grace, mara, wanda) = (desk.Person("grace"), desk.Person("mara"), desk.Person("wanda"));
        var before = await RaiseAsync(desk, "My laptop does not start", 4);
        await grace.SayAsync($"not ours {before[0]} applications it is the mail client");
        await SolveAsync(desk, before[1]);
        await wanda.SayAsync("still broken");
        await desk.PassAsync(TimeSpan.FromDays(20));
        var after = await RaiseAsync(desk, "My keyboard is dead", 2);
        await SolveAsync(desk, after[0]);
        await wanda.PressAsync("Yes, thanks");
        await wanda.PressAsync("Yes");
        await wanda.PressAsync("😀 Very good");
        await wanda.PressAsync("Partly");
        await wanda.PressAsync("Send with my name", ("text", "Thank you."));
        await desk.PassAsync(TimeSpan.FromHours(1));

        await mara.SayAsync("effect report");

        await mara.SeesAsync("4 messages. After: since then, 2 messages.");
        await mara.SeesAsync("Came to the wrong team: before 25 % (of 4), after 0 % (of 2)");
        await mara.SeesAsync("Opened again after the fix: before 100 % (of 1), after 0 % (of 1)");
        await mara.SeesAsync("How it was, 1 to 5: before no data, after 5.0 (of 1)");
        await mara.SeesAsync("Met the need: before no data, after 0 % (of 1)");
        await mara.SeesAsync("Solved or answered without a person: before 0 % (of 4), after 0 % (of 2)");
        await mara.SeesAsync("With fewer than 30 messages");
        await wanda.SayAsync("effect report");
        await wanda.SeesNotAsync("Came to the wrong team");
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task AutomationReport_SteadyWorkFirst_AndMuddledWorkToBeSimplified()
    {
        await using var desk = await RunningDesk.StartAsync("local", Key);
        var (grace, mara) = (desk.Person("grace"), desk.Person("mara"));
        foreach (var ticket in await RaiseAsync(desk, "My laptop does not start", 5))
        {
            await SolveAsync(desk, ticket);
        }

        foreach (var (i, ticket) in (await RaiseAsync(desk, "The printer on floor two has a paper jam", 6)).Index())
        {
            await grace.SayAsync($"claim {ticket}");
            if (i % 3 == 1)
            {
                await grace.SayAsync($"reply {ticket} I come by.");
            }
            else if (i % 3 == 2)
            {
                await grace.SayAsync($"release {ticket} Somebody nearer should go.");
                await grace.SayAsync($"claim {ticket}");
            }

            await grace.SayAsync($"resolve {ticket} Took the paper out.");
        }

        await RaiseAsync(desk, "The wifi at my desk is slow", 4);
        await desk.PassAsync(TimeSpan.FromHours(25));
        await desk.PassAsync(TimeSpan.FromHours(49));
        await desk.PassAsync(TimeSpan.FromMinutes(1));

        await mara.SayAsync("automation report");

        await mara.SeesAsync("1. Laptops");
        await mara.SeesAsync("100 % went the usual way (taken → solved), 1 ways in all; 100 % worked at once.");
        await mara.SeesAsync("33 % went the usual way");
        await mara.SeesAsync("Simplify first");
        var text = (await mara.ChatAsync())[^1].Card.Text;
        Assert.Equal(2, text.Split("times by hand").Length - 1);
        Assert.True(text.IndexOf("2. ", StringComparison.Ordinal) < text.IndexOf("Simplify first", StringComparison.Ordinal));
    }

    private static async Task SolveAsync(RunningDesk desk, string ticket)
    {
        var grace = desk.Person("grace");
        await grace.SayAsync($"claim {ticket}");
        await grace.SayAsync($"resolve {ticket} Put it right.");
    }

    private static async Task<IReadOnlyList<string>> RaiseAsync(RunningDesk desk, string text, int count)
    {
        using var http = new HttpClient { BaseAddress = desk.Address, DefaultRequestHeaders = { { "Authorization", "Bearer erp-secret" } } };
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tickets") { Content = JsonContent.Create(new { text = $"{text}, number {i}", reporter = "wanda" }) };
            request.Headers.Add("Idempotency-Key", $"{text}-{i}");
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
            ids.Add((await answer.Content.ReadFromJsonAsync<Raised>(TestContext.Current.CancellationToken))!.Id);
        }

        return ids;
    }

    private sealed record Raised(string Id);
}
