using System.Globalization;
using System.Text.Json.Nodes;
using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Cards;

/// <summary>The elements that take an answer on Slack.</summary>
internal static class SlackInput
{
    private const int LongestAnswer = 3000;

    /// <param name="inModal">Number fields exist in modals; a message gets a text field instead.</param>
    public static JsonObject Of(InputPart input, Speaker speaker, bool inModal) => input.Kind switch
    {
        InputKind.Choice when input.Choices.Count > 0 => Select(input, speaker),
        InputKind.Date => Date(input),
        InputKind.Number when inModal => Number(input),
        _ => Text(input),
    };

    private static JsonObject Select(InputPart input, Speaker speaker)
    {
        var options = input.Choices.Select(choice => (speaker.Label(choice.Title, SlackSelect.LongestTitle), choice.Value)).ToList();
        var select = SlackSelect.Of(input.Id, speaker.Own("cards.choose"), options, speaker);
        if (options.FirstOrDefault(option => option.Value == input.Value) is { Value: not null } chosen)
        {
            select["initial_option"] = SlackSelect.Option(chosen);
        }

        return select;
    }

    private static JsonObject Date(InputPart input)
    {
        var element = new JsonObject { ["type"] = "datepicker", ["action_id"] = input.Id };
        if (DateOnly.TryParseExact(input.Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _))
        {
            element["initial_date"] = input.Value;
        }

        return element;
    }

    private static JsonObject Number(InputPart input)
    {
        var element = new JsonObject { ["type"] = "number_input", ["action_id"] = input.Id, ["is_decimal_allowed"] = true };
        if (decimal.TryParse(input.Value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number))
        {
            element["initial_value"] = number.ToString(CultureInfo.InvariantCulture);
        }

        return element;
    }

    private static JsonObject Text(InputPart input)
    {
        var most = Math.Clamp(input.MaxLength, 1, LongestAnswer);
        var element = new JsonObject
        {
            ["type"] = "plain_text_input",
            ["action_id"] = input.Id,
            ["multiline"] = input.Kind is InputKind.LongText,
            ["max_length"] = most,
        };
        if (!string.IsNullOrEmpty(input.Value))
        {
            var kept = Harmless.Clean(input.Value);
            element["initial_value"] = kept.Length <= most ? kept : new Wording(new Stretch(kept, null)).Cut(most, "").Plain;
        }

        return element;
    }
}

/// <summary>Slack's select menu: at most 100 options, more of them in groups.</summary>
internal static class SlackSelect
{
    public const int MostOptions = 100;
    public const int LongestTitle = 75;
    private const int LongestValue = 150;

    public static bool Takes(string value) => value.Length <= LongestValue;

    public static JsonObject Of(string id, string placeholder, IEnumerable<(string Title, string Value)> options, Speaker speaker)
    {
        var groups = options.Chunk(MostOptions).ToList();
        var select = new JsonObject { ["type"] = "static_select", ["action_id"] = id, ["placeholder"] = SlackText.Plain(placeholder) };
        if (groups.Count == 1)
        {
            select["options"] = Options(groups[0]);
        }
        else
        {
            select["option_groups"] = new JsonArray([.. groups.Select(group => new JsonObject { ["label"] = SlackText.Plain(Range(group, speaker)), ["options"] = Options(group) })]);
        }

        return select;
    }

    public static JsonObject Option((string Title, string Value) option) =>
        Takes(option.Value)
            ? new JsonObject { ["text"] = SlackText.Plain(option.Title), ["value"] = option.Value }
            : throw new ArgumentException($"An option carries {option.Value.Length} characters; Slack takes {LongestValue}.", nameof(option));

    private static JsonArray Options(IEnumerable<(string Title, string Value)> options) => new([.. options.Select(Option)]);

    private static string Range((string Title, string Value)[] group, Speaker speaker) =>
        speaker.Label(Phrase.Key("cards.group", ("first", Short(group[0].Title)), ("last", Short(group[^1].Title))), LongestTitle);

    private static string Short(string title) => new Wording(new Stretch(title, null)).Cut(30, "…").Plain;
}
