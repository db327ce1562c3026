using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.EndToEnd.Tests.Stories;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Fuzzing;

/// <summary>
/// Everything that people's clients sent while a ticket lived, and every recorded payload where they are at hand, damaged in a
/// thousand ways and posted again at every door. Whatever comes: an answer and no fault, the tickets replay, and the next
/// person is served. <c>FUZZ_REQUESTS=1000000</c> tries longer, <c>FUZZ_SEED=7</c> others.
/// </summary>
public sealed class FuzzTests
{
    private const int AtOnce = 8;
    private const int Large = 32 * 1024;
    private const string Form = "application/x-www-form-urlencoded";

    private static readonly int Requests = Setting("FUZZ_REQUESTS", 1_500);
    private static readonly int Seed = Setting("FUZZ_SEED", 2026);

    [Theory]
    [InlineData("teams")]
    [InlineData("slack")]
    [InlineData("local")]
    public async Task Deliveries_Damaged_AreAnsweredAndLeaveTheDeskWhole(string name)
    {
        await using var desk = await RunningDesk.StartAsync(name, "--Limits:PersonBurst=1000000");
        await LiveAsync(desk);
        IReadOnlyList<Sent> right = [.. desk.Platform.Deliveries.Select(sent => new Sent(sent.Path, sent.Type, sent.Body)), .. Recorded.Of(desk.Platform)];
        var answers = new ConcurrentDictionary<HttpStatusCode, int>();
        using var http = new HttpClient { BaseAddress = desk.Address, Timeout = TimeSpan.FromSeconds(100) };

        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            using var request = Damaged(n, right, desk.Platform);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            answers.AddOrUpdate(response.StatusCode, 1, (_, before) => before + 1);
            Assert.True(
                (int)response.StatusCode < 500 || response.StatusCode is HttpStatusCode.NotImplemented,
                $"Number {n} of seed {Seed} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)}");
        });

        // Held-back messages have their time, so that what the damage set off is drawn and sent as well.
        await desk.PassAsync(TimeSpan.FromMinutes(10));
        Assert.True(answers.GetValueOrDefault(HttpStatusCode.OK) > Requests / 8, $"Hardly anything got in: {string.Join(", ", answers)}");
        var zoe = desk.Person("zoe");
        await zoe.SayAsync("My laptop does not start.");
        await zoe.SeesAsync("This is what I understood");
    }

    [Fact]
    public async Task Api_Damaged_IsAnsweredAndTellsNothingRestricted()
    {
        await using var desk = await RunningDesk.StartAsync("local", "--Api:Keys:0:Name=erp", "--Api:Keys:0:Key=erp-secret-key", "--Api:Keys:0:Scopes:0=tickets:read", "--Api:Keys:0:Scopes:1=tickets:write");
        await desk.Person("wanda").SayAsync("I clicked on a link in a phishing mail, the sender was zebra@example.com");
        await TicketTalkStory.LogAsync(desk.Person("tom"), "My laptop does not start.");
        var ids = (await desk.TicketsAsync()).Select(ticket => ticket.Id).ToList();
        Assert.Contains(await desk.TicketsAsync(), ticket => ticket.Restricted);
        string[] right =
        [
            """{"text":"The printer jams","reporter":"tom","type":"incident","category":"printing","impact":"person","urgency":"low"}""",
            """{"text":"A note","visible":"team"}""",
        ];
        using var http = new HttpClient { BaseAddress = desk.Address, DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", "erp-secret-key") } };

        await Parallel.ForAsync(0, Requests, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            var random = new Random((Seed * 1_000_003) + n);
            using var request = Asked(random, ids, right);
            using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
            var said = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True((int)response.StatusCode < 500, $"Number {n} of seed {Seed}, {request.Method} {request.RequestUri}, was answered {(int)response.StatusCode}: {said}");
            Assert.DoesNotContain("zebra", said, StringComparison.OrdinalIgnoreCase);
        });
    }

    /// <summary>A read with odd conditions, or a write with a damaged body.</summary>
    private static HttpRequestMessage Asked(Random random, List<string> ids, string[] right)
    {
        string[] odd = ["", "%00", "-1", "9999999999999999999", "INC-", "../people", "%F0%9F%99%82", "phishing", "'--", "a%20b", "null", "2026-13-45", "0001-01-01T00:00:00Z", new string('9', 400)];
        var id = random.Next(3) == 0 ? odd[random.Next(odd.Length)] : ids[random.Next(ids.Count)];
        if (random.Next(2) == 0)
        {
            string[] names = ["state", "team", "reporter", "q", "after", "limit", "from", "to", "type"];
            var query = string.Join('&', Enumerable.Range(0, random.Next(4)).Select(_ => $"{names[random.Next(names.Length)]}={odd[random.Next(odd.Length)]}"));
            string[] paths = ["/api/v1/tickets", $"/api/v1/tickets/{id}", "/api/v1/metrics/flow", "/openapi/v1.json"];
            return new HttpRequestMessage(HttpMethod.Get, new Uri($"{paths[random.Next(paths.Length)]}?{query}", UriKind.Relative));
        }

        var body = new Mutation(random.Next()).Damage(right[random.Next(right.Length)], right[random.Next(right.Length)]);
        var write = new HttpRequestMessage(HttpMethod.Post, new Uri(random.Next(2) == 0 ? "/api/v1/tickets" : $"/api/v1/tickets/{id}/notes", UriKind.Relative))
        {
            Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } },
        };
        write.Headers.ExpectContinue = body.Length > Large;
        write.Headers.TryAddWithoutValidation("Idempotency-Key", random.Next(10) == 0 ? new string('k', random.Next(500)) : random.Next().ToString(CultureInfo.InvariantCulture));
        return write;
    }

    /// <summary>A ticket's life, so that there is something to damage: its forms, its buttons, its edits.</summary>
    private static async Task LiveAsync(RunningDesk desk)
    {
        var (wanda, ada) = (desk.Person("wanda"), desk.Person("ada"));
        await wanda.ArriveAsync();
        await ada.BindAsync("workplace");
        await TicketTalkStory.LogAsync(wanda, "My laptop does not start, see the picture.");
        await wanda.SayAsync("It beeps three times.", "beeps.png");
        await wanda.EditAsync("It beeps three times.", "It beeps four times.");
        await ada.PressAsync("Claim");
        await ada.PressAsync("Resolve", ("text", "A new battery is in."));
        await wanda.SeesAsync("A new battery is in.");
        await wanda.SayAsync("what about my laptop?");
        await wanda.SayAsync("I want to order something");
        await desk.SettledAsync();
    }

    private static HttpRequestMessage Damaged(int n, IReadOnlyList<Sent> right, ChatPlatform platform)
    {
        var random = new Random((Seed * 1_000_003) + n);
        var (one, other) = (right[random.Next(right.Count)], right[random.Next(right.Count)]);
        var mutation = new Mutation(random.Next());
        var body = one.Type == Form ? DamagedForm(one.Body, other.Body, mutation, random) : mutation.Damage(one.Body, JsonOf(other));
        var request = platform is SlackPlatform slack
            ? slack.Signed(one.Path, body, one.Type)
            : new HttpRequestMessage(HttpMethod.Post, one.Path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(one.Type) } } };

        // What is too large is refused before it is read: without asking first the rest would meet a closed door.
        request.Headers.ExpectContinue = body.Length > Large;
        return request;
    }

    /// <summary>A form whose only field is a payload keeps its damage inside; in others names and values are damaged.</summary>
    private static byte[] DamagedForm(string form, string other, Mutation mutation, Random random)
    {
        if (PayloadOf(form) is { } payload)
        {
            return Encoding.UTF8.GetBytes("payload=" + Uri.EscapeDataString(Encoding.UTF8.GetString(mutation.Damage(payload, PayloadOf(other) ?? payload))));
        }

        var fields = form.Split('&').ToList();
        fields[random.Next(fields.Count)] = random.Next(3) switch
        {
            0 => "",
            1 => "text=" + new string('%', random.Next(1, 50)),
            _ => fields[random.Next(fields.Count)] + new string('x', random.Next(9_000)),
        };
        return Encoding.UTF8.GetBytes(string.Join('&', fields));
    }

    private static string JsonOf(Sent sent) => sent.Type == Form ? PayloadOf(sent.Body) ?? "{}" : sent.Body;

    private static string? PayloadOf(string form) => form.StartsWith("payload=", StringComparison.Ordinal) ? Uri.UnescapeDataString(form["payload=".Length..].Replace('+', ' ')) : null;

    private static int Setting(string name, int otherwise) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : otherwise;

    private sealed record Sent(string Path, string Type, string Body);

    /// <summary>What the real platforms sent, where it is at hand.</summary>
    private static class Recorded
    {
        public static IEnumerable<Sent> Of(ChatPlatform platform)
        {
            var folder = Path.Combine(SharedFolder.Path, "fixtures", platform.Name);
            return !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
                .Select(file => From(Path.GetFileName(file), File.ReadAllText(file), platform))
                .OfType<Sent>();
        }

        private static Sent? From(string name, string text, ChatPlatform platform) => platform switch
        {
            SlackPlatform when name.StartsWith("event-", StringComparison.Ordinal) => new Sent("/slack/events", "application/json", text),
            SlackPlatform slack when name.StartsWith("inner-", StringComparison.Ordinal) => new Sent("/slack/events", "application/json", slack.Envelope(JsonNode.Parse(text)!.AsObject()).ToJsonString()),
            SlackPlatform when name.StartsWith("interactive-", StringComparison.Ordinal) => new Sent("/slack/interactivity", Form, "payload=" + Uri.EscapeDataString(text)),
            SlackPlatform => null,
            _ => JsonNode.Parse(text) is JsonObject activity && activity["type"] is not null ? new Sent("/api/messages", "application/json", Here(activity, platform)) : null,
        };

        // The recorded peers are not on this machine; the connector that the test plays takes their place.
        private static string Here(JsonObject activity, ChatPlatform platform)
        {
            if (platform is Platforms.Teams.TeamsPlatform teams && activity["serviceUrl"] is not null)
            {
                activity["serviceUrl"] = teams.Connector.Url;
            }

            return activity.ToJsonString();
        }
    }
}
