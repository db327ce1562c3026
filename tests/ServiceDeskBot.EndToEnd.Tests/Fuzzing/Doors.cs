using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;

namespace ServiceDeskBot.EndToEnd.Tests.Fuzzing;

/// <summary>
/// Damaged requests to everything that the desk answers at. Request n of a seed is the same whenever it is made, but for the moment in
/// its signature: so one can be posted again.
/// </summary>
/// <param name="right">What each platform delivered, and the name that stands for whoever is played there.</param>
/// <param name="teamsToken">What the Bot Framework vouches with; <c>null</c> where the desk asks for nothing.</param>
internal sealed class Doors(int seed, IReadOnlyList<(string Name, IReadOnlyList<Delivery> Deliveries)> right, int firstTicket, Func<string?> teamsToken)
{
    public const string ApiKey = "erp-secret-key";

    private const int People = 50_000;
    private const int Tickets = 5_000;

    // What is too large is refused before it is read: without asking first the rest would meet a closed door.
    private const int Large = 32 * 1024;

    private static readonly string[] Odd =
    [
        "", "%00", "-1", "9999999999999999999", "INC-", "../people", "%F0%9F%99%82", "phishing", "'--", "a%20b", "null", "2026-13-45", "0001-01-01T00:00:00Z",
        "2026-11-20T09:00:00Z", "9999-12-31T23:59:59Z", "50", "200", "closed", "queued", "workplace", "tom", "wanda@example.com", "laptop", "MTAwMQ", "incident", "query", "%ED%A0%80", new string('9', 400),
    ];

    private static readonly string[] RightBodies =
    [
        """{"text":"The printer jams","reporter":"tom","type":"incident","category":"printing","impact":"person","urgency":"low"}""",
        """{"text":"A note","visible":"team"}""",
        """{"text":"Words for the person","visible":"user"}""",
    ];

    /// <summary>Where it goes, by the names of the contract, and the request.</summary>
    public (string Door, HttpRequestMessage Request) Damaged(int n)
    {
        var random = new Random(unchecked((seed * 1_000_003) + n));
        var (door, request) = random.Next(20) switch
        {
            < 14 => Delivered(random),
            < 18 => OfProgram(random),
            _ => Looked(random),
        };
        if (random.Next(24) == 0)
        {
            DamageEnvelope(request, random);
        }

        request.Headers.ExpectContinue = request.Content?.Headers.ContentLength > Large;
        return (door, request);
    }

    private (string Door, HttpRequestMessage Request) Delivered(Random random)
    {
        var (name, deliveries) = right[random.Next(right.Count)];
        var (one, other) = (deliveries[random.Next(deliveries.Count)], deliveries[random.Next(deliveries.Count)]);

        // Some people say a lot and most say little; now and then it is whoever lived through the ticket.
        int? person = random.Next(16) == 0 ? null : (int)(People * Math.Pow(random.NextDouble(), 2));
        int? ticket = random.Next(3) == 0 ? null : TicketOf(random);
        var body = one.Damaged(random, other, name, person, ticket);
        if (one.Platform is SlackPlatform slack)
        {
            return (one.Path, slack.Signed(one.Path, body, one.Type));
        }

        var request = Post(one.Path, body, one.Type);
        if (one.Platform is TeamsPlatform && teamsToken() is { } token)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return (one.Path, request);
    }

    /// <summary>A read with odd conditions, or a write with a damaged body.</summary>
    private (string Door, HttpRequestMessage Request) OfProgram(Random random)
    {
        var id = random.Next(3) == 0 ? Any(random, Odd) : string.Create(CultureInfo.InvariantCulture, $"{Any(random, ["INC", "QRY", "REQ", "inc"])}-{TicketOf(random)}");
        var (door, request) = random.Next(5) switch
        {
            0 => ("GET /api/v1/tickets", Get("/api/v1/tickets", random, "state", "type", "team", "reporter", "q", "after", "limit")),
            1 => ("GET /api/v1/tickets/{id}", Get($"/api/v1/tickets/{id}", random)),
            2 => ("GET /api/v1/metrics/flow", Get("/api/v1/metrics/flow", random, "from", "to", "team")),
            3 => ("POST /api/v1/tickets", Post("/api/v1/tickets", DamagedBody(random), "application/json")),
            _ => ("POST /api/v1/tickets/{id}/notes", Post($"/api/v1/tickets/{id}/notes", DamagedBody(random), "application/json")),
        };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", ApiKey);
        if (request.Content is not null && random.Next(50) != 0)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", random.Next(10) == 0 ? new string('k', random.Next(1, 500)) : random.NextInt64().ToString(CultureInfo.InvariantCulture));
        }

        return (door, request);
    }

    /// <summary>What anybody may look at.</summary>
    private static (string Door, HttpRequestMessage Request) Looked(Random random) => random.Next(9) switch
    {
        0 => ("GET /health/live", Get("/health/live", random)),
        1 => ("GET /health/ready", Get("/health/ready", random)),
        2 => ("GET /openapi/…", Get(random.Next(4) == 0 ? $"/openapi/{Any(random, Odd)}" : "/openapi/v1.json", random)),
        3 => ("GET /", Get("/", random)),
        4 => ("GET /local/state", Get($"/local/state?chat=wilma{random.Next(100)}&chat={Any(random, Odd)}", random)),
        5 => ("GET /local/events", Get($"/local/events?after={Any(random, Odd)}", random)),
        6 => ("GET /local/assets/…", Get($"/local/assets/{Any(random, [.. Odd, "console.js", "console.css"])}", random)),
        _ => ("elsewhere", Get($"/{Any(random, ["slack", "api", "local", "nothing", "health", "api/v1"])}/{Any(random, Odd)}", random)),
    };

    private static byte[] DamagedBody(Random random)
    {
        var right = Any(random, RightBodies);
        return random.Next(3) == 0 ? Encoding.UTF8.GetBytes(right) : new Mutation(random).Damage(JsonNode.Parse(right)!, JsonNode.Parse(Any(random, RightBodies))!);
    }

    /// <summary>Everything around the body.</summary>
    private static void DamageEnvelope(HttpRequestMessage request, Random random)
    {
        switch (random.Next(8))
        {
            case 0:
                request.Method = new HttpMethod(Any(random, ["GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "BREW"]));
                break;
            case 1 when request.Content is not null:
                request.Content.Headers.ContentType = null;
                request.Content.Headers.TryAddWithoutValidation("Content-Type", Any(random, ["", "text/plain", "application/json; charset=utf-7", "application/json; charset=nonsense", "multipart/form-data; boundary=x", Delivery.Form, "application/x+json", "*/*"]));
                break;
            case 2:
                request.Headers.Remove("Authorization");
                request.Headers.TryAddWithoutValidation("Authorization", Any(random, ["Bearer", "Bearer a.b.c", "Bearer eyJhbGciOiJub25lIn0.e30.", "Basic eDp4", $"Bearer {new string('x', 5_000)}", "Bearer ..", "Bearer eyJhbGciOiJSUzI1NiJ9.bnVsbA.x"]));
                break;
            case 3:
                request.Headers.Remove("X-Slack-Signature");
                request.Headers.TryAddWithoutValidation("X-Slack-Signature", Any(random, ["v0=", "v0=00", "v1=", "", new string('f', 3_000), "v0=zz"]));
                break;
            case 4:
                request.Headers.Remove("X-Slack-Request-Timestamp");
                request.Headers.TryAddWithoutValidation("X-Slack-Request-Timestamp", Any(random, ["", "-1", "99999999999999999999", "1e9", "9223372036854775807", "-9223372036854775808", "253402300800"]));
                break;
            case 5:
                var (header, value) = Any(random, [("X-Forwarded-For", "10.0.0.1"), ("Forwarded", "for=x"), ("Origin", "https://evil.example"), ("Content-Encoding", "gzip"), ("Accept", "x/y;q=z"), ("Last-Event-ID", "-1"), ("Range", "bytes=5-1"), ("If-None-Match", "*"), ("Cookie", new string('c', 4_000)), ("Accept-Language", "xx-*")]);
                _ = request.Headers.TryAddWithoutValidation(header, value) || request.Content?.Headers.TryAddWithoutValidation(header, value) == true;
                break;
            case 6:
                request.Headers.TransferEncodingChunked = request.Content is not null;
                break;
            default:
                request.Headers.Host = Any(random, ["evil.example", "localhost", "[::1]", "127.0.0.1:1"]);
                break;
        }
    }

    private int TicketOf(Random random) => firstTicket + (int)(Tickets * Math.Pow(random.NextDouble(), 3));

    private static HttpRequestMessage Get(string path, Random random, params string[] conditions)
    {
        var asked = conditions.Length == 0 ? [] : Enumerable.Range(0, random.Next(4)).Select(_ => $"{Any(random, conditions)}={Any(random, Odd)}").ToList();
        return new HttpRequestMessage(HttpMethod.Get, new Uri(asked.Count == 0 ? path : $"{path}?{string.Join('&', asked)}", UriKind.Relative));
    }

    private static HttpRequestMessage Post(string path, byte[] body, string type) => new(HttpMethod.Post, new Uri(path, UriKind.Relative))
    {
        Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } },
    };

    private static T Any<T>(Random random, T[] of) => of[random.Next(of.Length)];
}
