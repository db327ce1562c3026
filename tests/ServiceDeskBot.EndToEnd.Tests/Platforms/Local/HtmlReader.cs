using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms.Local;

/// <summary>Reads the console's HTML as a browser shows it. Fails on markup that the renderer is not known to write: it would have come from somebody's words.</summary>
internal static partial class HtmlReader
{
    private static readonly string[] Known =
    [
        "article", "p", "span", "h3", "blockquote", "dl", "div", "dt", "dd", "img", "label", "input", "textarea", "select", "option",
        "button", "details", "summary", "form", "time", "br",
    ];

    public static SeenCard Read(string html)
    {
        var text = new StringBuilder();
        var buttons = new List<SeenButton>();
        var inputs = new List<SeenInput>();
        var (more, from) = (false, 0);
        Dictionary<string, string>? button = null;
        (Dictionary<string, string> Attributes, List<string> Choices, string? Value)? input = null;
        foreach (Match tag in Tag().Matches(html))
        {
            var words = WebUtility.HtmlDecode(html[from..tag.Index]);
            from = tag.Index + tag.Length;
            var name = tag.Groups["name"].Value;
            if (!Known.Contains(name))
            {
                throw new NotSupportedException($"HTML element {name}");
            }

            var isEnd = tag.Groups["end"].Success;
            if (button is not null && isEnd && name == "button")
            {
                buttons.Add(new SeenButton(words, LocalButton.Of(button), more));
                button = null;
                continue;
            }

            if (input is { } open && isEnd && name is "textarea" or "select")
            {
                inputs.Add(Input(open.Attributes, open.Value ?? (name == "textarea" ? words.TrimStart('\n') : null), open.Choices));
                input = null;
                continue;
            }

            if (input is null && button is null)
            {
                text.Append(words);
            }

            var attributes = Attributes(tag.Groups["attributes"].Value);
            switch (name)
            {
                case "button" when !isEnd:
                    button = attributes;
                    break;
                case "textarea" or "select" when !isEnd:
                    input = (attributes, [], null);
                    break;
                case "option" when !isEnd:
                    input!.Value.Choices.Add(attributes["value"]);
                    if (attributes.ContainsKey("selected"))
                    {
                        input = input.Value with { Value = attributes["value"] };
                    }

                    break;
                case "input":
                    inputs.Add(Input(attributes, attributes.GetValueOrDefault("value"), []));
                    break;
                case "img":
                    text.Append(attributes["alt"]);
                    break;
                case "details":
                    more = !isEnd;
                    break;
                case "dt" when isEnd:
                    text.Append(": ");
                    break;
                case "dd" when isEnd:
                case "br" or "p" or "h3" or "blockquote" or "label":
                    text.Append('\n');
                    break;
            }
        }

        return new SeenCard(Lines().Replace(text.ToString(), "\n").Trim(), buttons, inputs);
    }

    private static SeenInput Input(Dictionary<string, string> attributes, string? value, List<string> choices) =>
        new(attributes["name"], "", string.IsNullOrEmpty(value) ? null : value, choices, attributes.ContainsKey("required"));

    private static Dictionary<string, string> Attributes(string text) =>
        Attribute().Matches(text).ToDictionary(match => match.Groups["key"].Value, match => WebUtility.HtmlDecode(match.Groups["value"].Value), StringComparer.Ordinal);

    [GeneratedRegex(@"<(?<end>/)?(?<name>[a-zA-Z0-9]+)(?<attributes>(\s+[a-z-]+(=""[^""]*"")?)*)\s*/?>", RegexOptions.ExplicitCapture)]
    private static partial Regex Tag();

    [GeneratedRegex(@"(?<key>[a-z-]+)(=""(?<value>[^""]*)"")?", RegexOptions.ExplicitCapture)]
    private static partial Regex Attribute();

    [GeneratedRegex(@"\n{2,}")]
    private static partial Regex Lines();
}

internal sealed record LocalButton(string Action, IReadOnlyDictionary<string, string> Data)
{
    private const string DataPrefix = "data-d-";

    public static LocalButton Of(Dictionary<string, string> attributes) => new(
        attributes["data-action"],
        attributes.Where(attribute => attribute.Key.StartsWith(DataPrefix, StringComparison.Ordinal)).ToDictionary(attribute => attribute.Key[DataPrefix.Length..], attribute => attribute.Value, StringComparer.Ordinal));
}
