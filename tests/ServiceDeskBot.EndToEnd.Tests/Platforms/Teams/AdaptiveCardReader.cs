using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;

/// <summary>Reads an Adaptive Card as a client shows it: Markdown and dates are carried out where clients do that, everything else stays as written.</summary>
internal static partial class AdaptiveCardReader
{
    public static SeenCard Read(JsonNode card)
    {
        var lines = new List<string>();
        var buttons = new List<SeenButton>();
        var inputs = new List<SeenInput>();
        Elements(card["body"]?.AsArray(), lines, buttons, inputs);
        buttons.AddRange(Actions(card["actions"]?.AsArray()));
        return new SeenCard(string.Join('\n', lines), buttons, inputs);
    }

    private static void Elements(JsonArray? elements, List<string> lines, List<SeenButton> buttons, List<SeenInput> inputs)
    {
        foreach (var element in elements ?? [])
        {
            var type = Text(element!["type"]);
            switch (type)
            {
                case "TextBlock":
                    lines.Add(Dates(Markdown(Text(element["text"]))));
                    break;
                case "RichTextBlock":
                    lines.Add(Dates(string.Concat(element["inlines"]!.AsArray().Select(Run))));
                    break;
                case "FactSet":
                    lines.AddRange(element["facts"]!.AsArray().Select(fact => $"{Dates(Markdown(Text(fact!["title"])))}: {Dates(Markdown(Text(fact["value"])))}"));
                    break;
                case "Container":
                    Elements(element["items"]!.AsArray(), lines, buttons, inputs);
                    break;
                case "ActionSet":
                    buttons.AddRange(Actions(element["actions"]!.AsArray()));
                    break;
                case "Image":
                    lines.Add(Text(element["altText"]));
                    break;
                case not null when type.StartsWith("Input.", StringComparison.Ordinal):
                    lines.Add(Text(element["label"]));
                    inputs.Add(Input(element));
                    break;
                default:
                    throw new NotSupportedException($"Adaptive Card element {type}");
            }
        }
    }

    /// <summary>A label is set off by its weight and two spaces, where a fact set writes it in a column.</summary>
    private static string Run(JsonNode? run) =>
        Text(run!["text"]) is var text && run["weight"] is not null && text.EndsWith("  ", StringComparison.Ordinal) ? $"{text.TrimEnd()}: " : text;

    private static SeenInput Input(JsonNode element) => new(
        Text(element["id"]),
        Text(element["label"]),
        element["value"]?.ToString(),
        [.. element["choices"]?.AsArray().Select(choice => Text(choice!["value"])) ?? []],
        element["isRequired"]?.GetValue<bool>() ?? false);

    private static IEnumerable<SeenButton> Actions(JsonArray? actions) =>
        from action in actions ?? []
        select new SeenButton(Text(action["title"]), action, Text(action["mode"]) == "secondary");

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";

    private static string Markdown(string text)
    {
        text = Link().Replace(text, "$1");
        text = Emphasis().Replace(text, "$2");
        return List().Replace(text, "• ");
    }

    private static string Dates(string text) => Date().Replace(text, match => DateTimeOffset.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture).ToString("u", CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\[([^\]]*)\]\([^)]*\)")]
    private static partial Regex Link();

    [GeneratedRegex(@"(\*\*|__|\*|_)(\S.*?)\1")]
    private static partial Regex Emphasis();

    [GeneratedRegex(@"^\s*[-*+]\s+", RegexOptions.Multiline)]
    private static partial Regex List();

    [GeneratedRegex(@"\{\{(?:DATE|TIME)\(([^,)]*)[^)]*\)\}\}")]
    private static partial Regex Date();
}
