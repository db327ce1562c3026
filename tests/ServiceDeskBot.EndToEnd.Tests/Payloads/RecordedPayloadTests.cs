using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Payloads;

/// <summary>
/// Payloads recorded from the real platforms and their tools, posted to the whole host. They lie outside the project
/// (<c>DESK_SHARED</c>, else <c>../shared</c>); where they are absent these tests are skipped by name.
/// </summary>
public sealed class RecordedPayloadTests
{
    private static readonly string[] NoActivities = ["conn-", "auth-", "directline-", "invoke-response-", "made-conn-", "INDEX"];

    [Fact]
    public async Task Teams_EveryRecordedActivity_IsAnsweredAsThePlatformExpects()
    {
        var files = Fixtures("teams").Where(file => !NoActivities.Any(Path.GetFileName(file).StartsWith)).ToList();
        var teams = new TeamsPlatform();
        await using var desk = await RunningDesk.StartAsync(teams);
        using var http = new HttpClient { BaseAddress = desk.Address };
        var answers = new List<string>();
        foreach (var file in files)
        {
            var activity = JsonNode.Parse(await File.ReadAllTextAsync(file))!.AsObject();
            if (activity["serviceUrl"] is not null)
            {
                // The recorded peers are not on this machine; the connector that the test plays takes their place.
                activity["serviceUrl"] = teams.Connector.Url;
            }

            using var content = new StringContent(activity.ToJsonString(), Encoding.UTF8, "application/json");
            using var response = await http.PostAsync(new Uri("/api/messages", UriKind.Relative), content, TestContext.Current.CancellationToken);
            answers.Add($"{(int)response.StatusCode} {Path.GetFileName(file)}");
            AssertTeams(file, activity, response.StatusCode, await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        }

        await desk.SettledAsync();
        Assert.True(answers.Count > 40, string.Join('\n', answers));
    }

    [Fact]
    public async Task Slack_EveryRecordedDelivery_IsAcknowledged()
    {
        var slack = new SlackPlatform();
        await using var desk = await RunningDesk.StartAsync(slack);
        using var http = new HttpClient { BaseAddress = desk.Address };
        var sent = 0;
        foreach (var file in Fixtures("slack"))
        {
            if (RequestOf(file, slack) is not { } request)
            {
                continue;
            }

            using (request)
            {
                using var response = await http.SendAsync(request, TestContext.Current.CancellationToken);
                Assert.True(response.StatusCode == HttpStatusCode.OK, $"{Path.GetFileName(file)} was answered {(int)response.StatusCode}");
                sent++;
            }
        }

        await desk.SettledAsync();
        Assert.True(sent > 30, $"only {sent} were sent");
    }

    private static void AssertTeams(string file, JsonObject activity, HttpStatusCode status, string body)
    {
        var name = Path.GetFileName(file);
        var isInvoke = string.Equals(activity["type"]?.GetValue<string>(), "invoke", StringComparison.OrdinalIgnoreCase);
        if (!isInvoke)
        {
            Assert.True(status is HttpStatusCode.OK or HttpStatusCode.Accepted or HttpStatusCode.BadRequest, $"{name}: {(int)status} {body}");
            return;
        }

        Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NotImplemented or HttpStatusCode.BadRequest, $"{name}: {(int)status} {body}");
        if (status == HttpStatusCode.OK && activity["name"]!.GetValue<string>() == "adaptiveCard/action")
        {
            var answer = JsonNode.Parse(body)!;
            Assert.NotNull(answer["statusCode"]);
            Assert.NotNull(answer["type"]);
        }
    }

    /// <summary><c>null</c> for what Slack sends elsewhere: answers of its API and Socket Mode.</summary>
    private static HttpRequestMessage? RequestOf(string file, SlackPlatform slack)
    {
        var (name, text) = (Path.GetFileName(file), File.ReadAllText(file));
        return name switch
        {
            _ when name.StartsWith("event-", StringComparison.Ordinal) => slack.Signed("/slack/events", text, "application/json"),
            _ when name.StartsWith("inner-", StringComparison.Ordinal) => slack.Signed("/slack/events", slack.Envelope(JsonNode.Parse(text)!.AsObject()).ToJsonString(), "application/json"),
            _ when name.StartsWith("interactive-", StringComparison.Ordinal) => slack.Signed("/slack/interactivity", $"payload={Uri.EscapeDataString(text)}", "application/x-www-form-urlencoded"),
            "slash-command-form.txt" => slack.Signed("/slack/commands", text.Trim(), "application/x-www-form-urlencoded"),
            _ => null,
        };
    }

    private static IReadOnlyList<string> Fixtures(string platform)
    {
        var folder = Path.Combine(SharedFolder.Path, "fixtures", platform);
        Assert.SkipUnless(Directory.Exists(folder), $"The recorded {platform} payloads are not here: {folder}");
        return [.. Directory.EnumerateFiles(folder).Where(file => file.EndsWith(".json", StringComparison.Ordinal) || file.EndsWith(".txt", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
    }
}
