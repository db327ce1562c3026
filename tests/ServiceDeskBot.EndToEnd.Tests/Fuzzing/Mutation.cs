using System.Text;
using System.Text.Json.Nodes;

namespace ServiceDeskBot.EndToEnd.Tests.Fuzzing;

/// <summary>Damages a payload as nobody's client would send it.</summary>
internal sealed class Mutation(Random random)
{
    private const int MostDamages = 4;

    // What programs have stumbled over: wrong kinds, limits of numbers and times, unpaired surrogates, markup, paths, patterns, a lot of it.
    private static readonly Func<JsonNode?>[] Odd =
    [
        () => null, () => false, () => -1, () => 0, () => long.MaxValue, () => 1e300, () => "", () => " ", () => "0", () => "-1", () => "null",
        () => "9999-12-31T23:59:59.9999999Z", () => "0001-01-01T00:00:00Z", () => "NaN", () => "\0", () => "\uFEFF\u202E\u200B", () => "\uD83D\uDE00",
        () => "{{DATE(2026-01-01T00:00:00Z)}}", () => "{0}{1:D99999999}%s%n", () => "'; DROP TABLE tickets; --", () => "../../../../etc/passwd",
        () => "<!channel> <@U0> <https://a|b>", () => "<at>x</at><script>alert(1)</script>", () => "INC-99999999999999999999", () => "QRY-1", () => "INC-1",
        () => "http://169.254.169.254/latest/meta-data/", () => "javascript:alert(1)", () => "line\r\nforged: line\u2028", () => new string('a', 70_000),
        () => new string('(', 5_000), () => string.Concat(Enumerable.Repeat("thanks ok ", 3_000)) + "!x", () => new JsonArray(), () => new JsonObject(),
        () => new JsonArray(null, 1, "x", new JsonObject()), () => Nested(60), () => new JsonArray([.. Enumerable.Range(0, 2_000).Select(n => (JsonNode?)n)]),
    ];

    /// <summary>A few damages in the tree, mostly one, and sometimes in its bytes.</summary>
    /// <param name="root">A right payload, which is changed.</param>
    /// <param name="other">Another one, of which parts may wander in.</param>
    public byte[] Damage(JsonNode root, JsonNode other)
    {
        for (var damages = random.Next(1, random.Next(2, MostDamages + 2)); damages > 0; damages--)
        {
            DamageTree(root, other);
        }

        var bytes = Encoding.UTF8.GetBytes(root.ToJsonString());
        return random.Next(8) == 0 ? DamageBytes(bytes) : bytes;
    }

    /// <summary>Everything in a tree that something else could stand for.</summary>
    public static IEnumerable<(JsonNode Parent, object Key)> Places(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Places(member.Value).Prepend((members, member.Key))),
        JsonArray items => items.SelectMany((item, n) => Places(item).Prepend((items, n))),
        _ => [],
    };

    private void DamageTree(JsonNode root, JsonNode other)
    {
        var places = Places(root).ToList();
        if (places.Count == 0)
        {
            return;
        }

        var (parent, key) = places[random.Next(places.Count)];
        switch (random.Next(7))
        {
            case 0 when parent is JsonObject members:
                members.Remove((string)key);
                break;
            case 1 when parent is JsonArray items:
                items.RemoveAt((int)key);
                break;
            case 2 when parent is JsonObject members:
                members[$"{key}{random.Next(3)}"] = At(parent, key)?.DeepClone();
                break;
            case 3 when At(parent, key) is JsonArray { Count: > 0 } items:
                items.Add(items[0]?.DeepClone());
                break;
            case 4 when At(parent, key) is JsonValue value && value.TryGetValue<string>(out var text):
                Put(parent, key, DamageText(text));
                break;
            case 5 when Places(other).ToList() is { Count: > 0 } others:
                var (from, there) = others[random.Next(others.Count)];
                Put(parent, key, At(from, there)?.DeepClone());
                break;
            default:
                Put(parent, key, Odd[random.Next(Odd.Length)]());
                break;
        }
    }

    private string DamageText(string text)
    {
        var at = random.Next(text.Length + 1);
        return random.Next(5) switch
        {
            0 => text[..at],
            1 => text.Insert(at, ((char)random.Next(1, 0xD7FF)).ToString()),
            2 when at < text.Length && char.IsAsciiDigit(text[at]) => text[..at] + (char)('0' + random.Next(10)) + text[(at + 1)..],
            3 => string.Concat(Enumerable.Repeat(text + " ", random.Next(2, 40))),
            _ => text.ToUpperInvariant(),
        };
    }

    private byte[] DamageBytes(byte[] bytes)
    {
        var at = random.Next(bytes.Length);
        switch (random.Next(5))
        {
            case 0:
                return bytes[..at];
            case 4:
                return [.. bytes[..at], .. "\\ud83d"u8, .. bytes[at..]];
            case 1:
                bytes[at] ^= (byte)(1 << random.Next(8));
                return bytes;
            case 2:
                return [.. bytes[..at], (byte)random.Next(256), .. bytes[at..]];
            default:
                return [.. bytes, .. bytes[at..]];
        }
    }

    public static JsonNode? At(JsonNode parent, object key) => parent is JsonObject members ? members[(string)key] : parent[(int)key];

    public static void Put(JsonNode parent, object key, JsonNode? value)
    {
        if (parent is JsonObject members)
        {
            members[(string)key] = value;
        }
        else
        {
            parent[(int)key] = value;
        }
    }

    private static JsonArray Nested(int depth) => depth == 0 ? [] : [Nested(depth - 1)];
}
