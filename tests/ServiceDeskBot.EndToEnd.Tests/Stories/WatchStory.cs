using System.Net.Http.Json;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>Once a week the desk looks at itself: are some people served worse than others, and does it still read what it learned to read?</summary>
public sealed class WatchStory
{
    private static readonly string[] Key = ["--Api:Keys:0:Name=erp", "--Api:Keys:0:Key=erp-secret", "--Api:Keys:0:Scopes:0=tickets:write"];

    [Fact]
    public async Task Watch_OneDepartmentServedWorseAndAnotherWorld_TellsThoseWhoAnswerForIt()
    {
        await using var desk = await RunningDesk.StartAsync("local", Key);
        var (grace, mara, omar, ines) = (desk.Person("grace"), desk.Person("mara"), desk.Person("omar"), desk.Person("ines"));
        await RaiseAsync(desk, "wanda", 95);
        await RaiseAsync(desk, "ines", 3);
        foreach (var ticket in await RaiseAsync(desk, "tom", 12))
        {
            await grace.SayAsync($"not ours {ticket} applications it is the mail client");
        }

        await desk.PassAsync(TimeSpan.FromDays(7));

        await mara.SeesAsync("You answer for what the desk decides by itself");
        await mara.SeesAsync("By department, Sales: 0 % of 12 messages were understood right at once, 89 % of all.");
        await omar.SeesAsync("What people write has parted from what triage-");
        await omar.SeesNotAsync("You answer for what the desk decides by itself");

        await mara.SayAsync("fairness report");
        await mara.SeesAsync("95 messages; 100 % understood right at once");
        await mara.SeesAsync("Groups of fewer than 10 are withheld");
        Assert.DoesNotContain("HR", (await mara.ChatAsync())[^1].Card.Text, StringComparison.Ordinal);
        await omar.SayAsync("drift report");
        await omar.SeesAsync("⚠ parted from training");
        await ines.SayAsync("fairness report");
        await ines.SeesNotAsync("understood right at once");
    }

    [Fact]
    public async Task Watch_FewMessages_SaysNothing()
    {
        await using var desk = await RunningDesk.StartAsync("local", Key);
        await RaiseAsync(desk, "wanda", 9);

        await desk.PassAsync(TimeSpan.FromDays(7));

        await desk.Person("omar").SeesNotAsync("parted");
        await desk.Person("mara").SeesNotAsync("You answer for");
        await desk.Person("omar").SayAsync("drift report");
        await desk.Person("omar").SeesAsync("9 predictions; below 100 chance alone moves the figures");
    }

    private static async Task<IReadOnlyList<string>> RaiseAsync(RunningDesk desk, string reporter, int count)
    {
        using var http = new HttpClient { BaseAddress = desk.Address, DefaultRequestHeaders = { { "Authorization", "Bearer erp-secret" } } };
        var ids = new List<string>();
        for (var i = 0; i < count; i++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tickets") { Content = JsonContent.Create(new { text = $"my laptop does not start, error {i}", reporter }) };
            request.Headers.Add("Idempotency-Key", $"{reporter}-{i}");
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
            answer.EnsureSuccessStatusCode();
            ids.Add((await answer.Content.ReadFromJsonAsync<Raised>(TestContext.Current.CancellationToken))!.Id);
        }

        return ids;
    }

    private sealed record Raised(string Id);
}
