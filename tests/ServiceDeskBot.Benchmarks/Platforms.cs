using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace ServiceDeskBot.Benchmarks;

/// <summary>One platform's deliveries: person n says text n, with ids that were never used before.</summary>
internal abstract class Platform
{
    public abstract string Path { get; }

    public abstract string ConversationOf(int n);

    /// <summary>Person n says this; <paramref name="round"/> makes a second message of the same person another one.</summary>
    public abstract byte[] Says(int n, string text, string stubUrl, int round = 0);

    public virtual void Complete(HttpRequestMessage request, byte[] body)
    {
    }
}

internal sealed class Teams : Platform
{
    public const string Tenant = "0f3a2c64-9f0e-4bb7-8a7e-2d1c5b7f9e11";

    public static Teams Instance { get; } = new();

    public override string Path => "/api/messages";

    public static string Account(int n) => $"29:bench-{n}";

    public static string Conversation(int n) => $"a:bench-{n}";

    public override string ConversationOf(int n) => Conversation(n);

    public override byte[] Says(int n, string text, string stubUrl, int round = 0)
    {
        var activity = Activity(n, "message", stubUrl, round);
        activity["textFormat"] = "plain";
        activity["text"] = text;
        return Encoding.UTF8.GetBytes(activity.ToJsonString());
    }

    /// <summary>Person n presses the button of this title on the card they were sent last.</summary>
    /// <exception cref="InvalidOperationException">The card has no such button.</exception>
    public static byte[] Presses(int n, PlatformStub stub, params string[] titles)
    {
        var (post, message) = stub.Latest(Conversation(n));
        var card = JsonNode.Parse(message)!["attachments"]![0]!["content"]!;
        var button = card["actions"]!.AsArray().FirstOrDefault(action => titles.Contains((string?)action!["title"]))
            ?? throw new InvalidOperationException($"No {string.Join(" or ", titles)} on: {card.ToJsonString()}");
        var activity = Activity(n, "invoke", stub.Url, round: 1);
        activity["name"] = "adaptiveCard/action";
        activity["replyToId"] = post;
        activity["value"] = new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = button["verb"]?.DeepClone(), ["data"] = button["data"]?.DeepClone() },
            ["trigger"] = "manual",
        };
        return Encoding.UTF8.GetBytes(activity.ToJsonString());
    }

    private static JsonObject Activity(int n, string type, string stubUrl, int round) => new()
    {
        ["type"] = type,
        ["id"] = string.Create(CultureInfo.InvariantCulture, $"{1_795_221_600_000 + n + (round * 10_000_000L)}"),
        ["timestamp"] = TimeProvider.System.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        ["serviceUrl"] = stubUrl,
        ["channelId"] = "msteams",
        ["from"] = new JsonObject { ["id"] = Account(n), ["name"] = $"Person {n}", ["aadObjectId"] = $"aad-{n}" },
        ["recipient"] = new JsonObject { ["id"] = "28:desk", ["name"] = "Desk" },
        ["conversation"] = new JsonObject { ["id"] = Conversation(n), ["conversationType"] = "personal", ["tenantId"] = Tenant },
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Tenant } },
        ["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["locale"] = "en-US", ["country"] = "US", ["platform"] = "Web", ["timezone"] = "Europe/Berlin" }),
        ["locale"] = "en-US",
    };
}

internal sealed class Slack : Platform
{
    public const string Team = "T0001";
    public const string Secret = "8f742231b10e8888abcd99yyyzzz85a5";

    public static Slack Instance { get; } = new();

    public override string Path => "/slack/events";

    public static string Account(int n) => $"UBENCH{n}";

    public static string Conversation(int n) => $"DBENCH{n}";

    public override string ConversationOf(int n) => Conversation(n);

    public override byte[] Says(int n, string text, string stubUrl, int round = 0) => Encoding.UTF8.GetBytes(new JsonObject
    {
        ["token"] = "verification",
        ["team_id"] = Team,
        ["api_app_id"] = "A0001",
        ["event"] = new JsonObject
        {
            ["type"] = "message",
            ["channel"] = Conversation(n),
            ["channel_type"] = "im",
            ["user"] = Account(n),
            ["text"] = text,
            ["ts"] = string.Create(CultureInfo.InvariantCulture, $"1795511520.{n:000000}"),
            ["event_ts"] = string.Create(CultureInfo.InvariantCulture, $"1795511520.{n:000000}"),
        },
        ["type"] = "event_callback",
        ["event_id"] = $"Ev{n:00000000}",
        ["authorizations"] = new JsonArray(new JsonObject { ["team_id"] = Team, ["user_id"] = "UDESK", ["is_bot"] = true }),
    }.ToJsonString());

    public override void Complete(HttpRequestMessage request, byte[] body)
    {
        var timestamp = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(Secret));
        hmac.AppendData(Encoding.UTF8.GetBytes($"v0:{timestamp}:"));
        hmac.AppendData(body);
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(hmac.GetHashAndReset()));
    }

    public static MediaTypeHeaderValue Json { get; } = new("application/json", "utf-8");
}
