using System.Globalization;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Core.Intake;

/// <summary>The form of a catalogue item.</summary>
public static class OrderForm
{
    public static Form For(CatalogueItem item, Ticket query, IReadOnlyDictionary<string, string>? values = null) => new(
        "order",
        item.Name,
        Phrase.Key("order.submit"),
        [
            new TextPart(item.Description),
            .. item.Fields.Select(field => Input(field, values?.GetValueOrDefault(field.Id))),
        ],
        new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = query.Id, ["item"] = item.Id });

    private static InputPart Input(CatalogueField field, string? value) => new(field.Id, field.Label, Kind(field.Kind), field.Required)
    {
        Choices = [.. field.Options.Select(option => new Choice(option, option))],
        Value = value,
    };

    private static InputKind Kind(string kind) => kind switch
    {
        "long-text" => InputKind.LongText,
        "choice" => InputKind.Choice,
        "date" => InputKind.Date,
        "number" => InputKind.Number,
        _ => InputKind.Text,
    };

    /// <summary>Faults by field; empty when the order can be placed.</summary>
    public static Dictionary<string, Phrase> Faults(CatalogueItem item, IReadOnlyDictionary<string, string> values)
    {
        var faults = new Dictionary<string, Phrase>(StringComparer.Ordinal);
        foreach (var field in item.Fields)
        {
            var value = values.GetValueOrDefault(field.Id)?.Trim() ?? "";
            if (value.Length == 0)
            {
                if (field.Required)
                {
                    faults[field.Id] = Phrase.Key("order.missing");
                }
            }
            else if (value.Length > 3000)
            {
                faults[field.Id] = Phrase.Key("order.too-long");
            }
            else if (field.Kind == "choice" && !field.Options.Contains(value))
            {
                faults[field.Id] = Phrase.Key("order.choice");
            }
            else if (field.Kind == "number" && !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out _))
            {
                faults[field.Id] = Phrase.Key("order.number");
            }
            else if (field.Kind == "date" && !DateOnly.TryParse(value, CultureInfo.InvariantCulture, out _))
            {
                faults[field.Id] = Phrase.Key("order.date");
            }
        }

        return faults;
    }
}
