using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;

/// <summary>Reads Block Kit as a client shows it: <c>mrkdwn</c> is carried out, <c>plain_text</c> stays as written.</summary>
internal static partial class BlockKitReader
{
    /// <summary>A message; its text stands for the blocks where there are none.</summary>
    public static SeenCard ReadMessage(JsonNode message) => message["blocks"] is JsonArray { Count: > 0 } blocks
        ? Read(blocks)
        : SeenCard.Plain(Marked(message["text"]?.GetValue<string>() ?? ""));

    public static SeenCard ReadModal(JsonNode view)
    {
        var body = Read(view["blocks"]!.AsArray());
        return body with
        {
            Text = $"{Text(view["title"])}\n{body.Text}",
            Buttons = view["submit"] is null ? body.Buttons : [.. body.Buttons, new SeenButton(Text(view["submit"]), view, false)],
        };
    }

    private static SeenCard Read(JsonArray blocks)
    {
        var lines = new List<string>();
        var buttons = new List<SeenButton>();
        var inputs = new List<SeenInput>();
        foreach (var block in blocks)
        {
            switch (block!["type"]!.GetValue<string>())
            {
                case "section":
                    lines.AddRange(block["text"] is { } text ? [Text(text)] : block["fields"]!.AsArray().Chunk(2).Select(pair => string.Join(": ", pair.Select(Text))));
                    break;
                case "header":
                    lines.Add(Text(block["text"]));
                    break;
                case "context":
                    lines.AddRange(block["elements"]!.AsArray().Select(Text));
                    break;
                case "image":
                    lines.Add(block["alt_text"]!.GetValue<string>());
                    break;
                case "actions":
                    buttons.AddRange(block["elements"]!.AsArray().SelectMany(element => Buttons(element!)));
                    break;
                case "input":
                    lines.Add(Text(block["label"]));
                    inputs.Add(Input(block));
                    break;
                case var other:
                    throw new NotSupportedException($"Block {other}");
            }
        }

        return new SeenCard(string.Join('\n', lines), buttons, inputs);
    }

    private static IEnumerable<SeenButton> Buttons(JsonNode element)
    {
        if (element["type"]!.GetValue<string>() == "button")
        {
            return [new SeenButton(Text(element["text"]), new SlackButton(element["action_id"]!.GetValue<string>(), element["value"]!.GetValue<string>(), IsOption: false), false)];
        }

        return element["options"]!.AsArray().Select(option =>
            new SeenButton(Text(option!["text"]), new SlackButton(element["action_id"]!.GetValue<string>(), option["value"]!.GetValue<string>(), IsOption: true), true));
    }

    private static SeenInput Input(JsonNode block)
    {
        var element = block["element"]!;
        return new SeenInput(
            block["block_id"]!.GetValue<string>(),
            Text(block["label"]),
            element["initial_value"]?.GetValue<string>() ?? element["initial_date"]?.GetValue<string>() ?? element["initial_option"]?["value"]?.GetValue<string>(),
            [.. element["options"]?.AsArray().Select(option => option!["value"]!.GetValue<string>()) ?? []],
            !(block["optional"]?.GetValue<bool>() ?? false));
    }

    private static string Text(JsonNode? text) =>
        text?["type"]?.GetValue<string>() == "mrkdwn" ? Marked(text["text"]!.GetValue<string>()) : text?["text"]?.GetValue<string>() ?? "";

    private static string Marked(string text)
    {
        text = Angle().Replace(text, match => match.Groups["label"].Success ? match.Groups["label"].Value : match.Groups["what"].Value);
        text = Emphasis().Replace(text, "$2");
        return WebUtility.HtmlDecode(text);
    }

    /// <summary><c>&lt;@U1&gt;</c>, <c>&lt;!date^…|fallback&gt;</c>, <c>&lt;https://…|label&gt;</c>.</summary>
    [GeneratedRegex(@"<(?<what>[@#!]?[^<>|]*)(?:\|(?<label>[^<>]*))?>", RegexOptions.ExplicitCapture)]
    private static partial Regex Angle();

    [GeneratedRegex(@"(?<![\w])([*_~`])(\S[^\n]*?)\1(?![\w])")]
    private static partial Regex Emphasis();
}

/// <param name="IsOption">An entry of the <em>More…</em> menu.</param>
internal sealed record SlackButton(string ActionId, string Value, bool IsOption);
