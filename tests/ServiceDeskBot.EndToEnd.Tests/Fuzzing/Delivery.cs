using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;

namespace ServiceDeskBot.EndToEnd.Tests.Fuzzing;

/// <summary>What a platform delivers to the desk, read once so that it can be damaged many times. It is not changed: a thousand requests share it.</summary>
internal sealed partial class Delivery
{
    public const string Form = "application/x-www-form-urlencoded";

    private const string Payload = "payload=";

    private readonly JsonNode? _json;
    private readonly string[] _fields;

    private Delivery(ChatPlatform platform, string path, string type, string body)
    {
        (Platform, Path, Type) = (platform, path, type);
        var json = type != Form ? body : body.StartsWith(Payload, StringComparison.Ordinal) ? Uri.UnescapeDataString(body[Payload.Length..].Replace('+', ' ')) : null;
        _json = json is null ? null : JsonNode.Parse(json);
        _fields = json is null ? body.Split('&') : [];

        // A tree is built as it is looked at, which two threads must not do at once.
        _ = Mutation.Places(_json).Count();
    }

    public ChatPlatform Platform { get; }

    public string Path { get; }

    public string Type { get; }

    /// <summary>What went to the desk so far, and what the real platform sent where that is at hand.</summary>
    public static IReadOnlyList<Delivery> Of(ChatPlatform platform)
    {
        var folder = System.IO.Path.Combine(SharedFolder.Path, "fixtures", platform.Name);
        var recorded = !Directory.Exists(folder) ? [] : Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal)
            .Select(file => Recorded(System.IO.Path.GetFileName(file), System.IO.File.ReadAllText(file), platform))
            .OfType<Delivery>();
        return [.. platform.Deliveries.Select(sent => new Delivery(platform, sent.Path, sent.Type, sent.Body)), .. recorded];
    }

    /// <summary>The body as somebody else's, about another ticket, and damaged.</summary>
    /// <param name="other">One of the same platform, of which parts may wander in.</param>
    /// <param name="person">Put behind the name of who sent it.</param>
    /// <param name="ticket">The number in place of any ticket's; <c>null</c> leaves them.</param>
    public byte[] Damaged(Random random, Delivery other, string name, int? person, int? ticket)
    {
        if (_json is null)
        {
            return Encoding.UTF8.GetBytes(string.Join('&', DamagedFields(random).Select(field => Renamed(field, name, person))));
        }

        var root = _json.DeepClone();
        Rename(root, random, name, person, ticket);
        var body = new Mutation(random).Damage(root, other._json ?? root);
        return Type == Form ? Encoding.UTF8.GetBytes(Payload + Uri.EscapeDataString(Encoding.UTF8.GetString(body))) : body;
    }

    private string[] DamagedFields(Random random)
    {
        string[] fields = [.. _fields];
        fields[random.Next(fields.Length)] = random.Next(3) switch
        {
            0 => "",
            1 => "text=" + new string('%', random.Next(1, 50)),
            _ => fields[random.Next(fields.Length)] + new string('x', random.Next(9_000)),
        };
        return fields;
    }

    /// <summary>Names, tickets, and what deliveries are told apart by: a repeated one would only be recognised as such.</summary>
    private static void Rename(JsonNode root, Random random, string name, int? person, int? ticket)
    {
        var isOfOlderPost = root["type"]?.ToString() is "messageUpdate" or "messageDelete" || root["event"]?["subtype"]?.ToString() is "message_changed" or "message_deleted";
        foreach (var (parent, key) in Mutation.Places(root).ToList())
        {
            if (Mutation.At(parent, key) is not JsonValue value || !value.TryGetValue<string>(out var text))
            {
                continue;
            }

            if (key is string member && IsFresh(parent, root, member) && !isOfOlderPost)
            {
                text = member is "id" or "event_id" or "trigger_id" or "hash" ? Guid(random) : $"{1_795_000_000 + random.Next(500_000)}.{random.Next(1_000_000):000000}";
            }

            text = Renamed(text, name, person);
            Mutation.Put(parent, key, ticket is null ? text : TicketNumber().Replace(text, found => $"{found.Groups["type"].Value}-{ticket}"));
        }
    }

    private static bool IsFresh(JsonNode parent, JsonNode root, string member) => member switch
    {
        "id" or "event_id" or "trigger_id" => ReferenceEquals(parent, root),
        "ts" or "event_ts" => ReferenceEquals(parent, root["event"]),
        "hash" or "action_ts" => true,
        _ => false,
    };

    private static string Guid(Random random) => new Guid([.. Enumerable.Range(0, 16).Select(_ => (byte)random.Next(256))]).ToString();

    private static string Renamed(string text, string name, int? person) =>
        person is { } number && text.IndexOf(name, StringComparison.OrdinalIgnoreCase) is >= 0 and var at
            ? text.Insert(at + name.Length, number.ToString(CultureInfo.InvariantCulture))
            : text;

    private static Delivery? Recorded(string file, string text, ChatPlatform platform) => platform switch
    {
        SlackPlatform when file.StartsWith("event-", StringComparison.Ordinal) => new Delivery(platform, "/slack/events", "application/json", text),
        SlackPlatform slack when file.StartsWith("inner-", StringComparison.Ordinal) => new Delivery(platform, "/slack/events", "application/json", slack.Envelope(JsonNode.Parse(text)!.AsObject()).ToJsonString()),
        SlackPlatform when file.StartsWith("interactive-", StringComparison.Ordinal) => new Delivery(platform, "/slack/interactivity", Form, Payload + Uri.EscapeDataString(text)),
        TeamsPlatform teams when JsonNode.Parse(text) is JsonObject activity && activity["type"] is not null => new Delivery(platform, "/api/messages", "application/json", Here(activity, teams)),
        _ => null,
    };

    /// <summary>The recorded peers and tenants are not on this machine; those that the test plays take their place.</summary>
    private static string Here(JsonObject activity, TeamsPlatform teams)
    {
        if (activity["serviceUrl"] is not null)
        {
            activity["serviceUrl"] = teams.Connector.Url;
        }

        foreach (var tenant in new[] { activity["conversation"]?["tenantId"], activity["channelData"]?["tenant"]?["id"] }.OfType<JsonNode>())
        {
            tenant.ReplaceWith(TeamsPlatform.Tenant);
        }

        return activity.ToJsonString();
    }

    [GeneratedRegex("(?<type>INC|REQ|QRY)-[0-9]{4,}", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex TicketNumber();
}
