using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>The form of a catalogue item: what one must know before ordering, then the item's own questions.</summary>
public static class OrderForm
{
    public const string Action = "order";

    /// <param name="order">Names this one order, so that the same form sent twice is one: a query's number, or a mark of its own.</param>
    public static async ValueTask<Form> ForAsync(TurnContext turn, CatalogueItem item, OrderKey order, IReadOnlyDictionary<string, string>? values = null)
    {
        var facts = await ItemFacts.OfAsync(item, turn.Actor.Id, turn.Actor.Id, turn.Desk, turn.Snapshot, turn.Now);
        return new Form(
            Action,
            item.Name,
            Phrase.Key("order.submit"),
            [
                new TextPart(item.Description),
                new FactsPart(facts),
                .. item.Fields.Select(field => Input(field, values?.GetValueOrDefault(field.Id))),
            ],
            order.AsData(item))
        {
            KeepsDraft = true,
        };
    }

    /// <summary>Changes when the questions do: a form opened before that is asked again.</summary>
    public static string VersionOf(CatalogueItem item)
    {
        var questions = string.Join('\n', item.Fields.Select(field => $"{field.Id}|{field.Kind}|{field.Required}|{string.Join(',', field.Options)}|{field.Longest}|{field.Least}|{field.Most}|{field.Future}|{field.Later}"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(questions)).AsSpan(0, 4));
    }

    /// <summary>The button that opens it.</summary>
    public static Button Opener(CatalogueItem item) =>
        new(Phrase.Key("button.order-item", ("item", item.Name)), "order-item", new Dictionary<string, string>(StringComparer.Ordinal) { ["item"] = item.Id }) { OpensForm = true };

    public static InputPart Input(CatalogueField field, string? value) => new(field.Id, field.Later ? Phrase.Key("order.later", ("label", field.Label)) : field.Label, Kind(field.Kind), field.Required)
    {
        Choices = [.. field.Options.Select(option => new Choice(option, option))],
        Value = value,
        MaxLength = field.Longest,
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
    public static Dictionary<string, Phrase> Faults(CatalogueItem item, IReadOnlyDictionary<string, string> values, DateOnly today)
    {
        var faults = new Dictionary<string, Phrase>(StringComparer.Ordinal);
        foreach (var field in item.Fields)
        {
            if (Fault(field, values.GetValueOrDefault(field.Id)?.Trim() ?? "", today) is { } fault)
            {
                faults[field.Id] = fault;
            }
        }

        return faults;
    }

    /// <summary>What is wrong with one answer; <c>null</c> when nothing is.</summary>
    public static Phrase? Fault(CatalogueField field, string value, DateOnly today)
    {
        if (value.Length == 0)
        {
            return field.Required ? Phrase.Key("order.missing") : null;
        }

        return value.Length > field.Longest ? Phrase.Key("order.too-long", ("n", field.Longest)) : field.Kind switch
        {
            "choice" when !field.Options.Contains(value, StringComparer.Ordinal) => Phrase.Key("order.choice"),
            "number" => NumberFault(field, value),
            "date" when !DateOnly.TryParse(value, CultureInfo.InvariantCulture, out var date) => Phrase.Key("order.date"),
            "date" when field.Future && DateOnly.Parse(value, CultureInfo.InvariantCulture) < today => Phrase.Key("order.past"),
            _ => null,
        };
    }

    private static Phrase? NumberFault(CatalogueField field, string value) =>
        !decimal.TryParse(value, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) ? Phrase.Key("order.number")
        : number < field.Least ? Phrase.Key("order.least", ("n", field.Least.Value))
        : number > field.Most ? Phrase.Key("order.most", ("n", field.Most.Value))
        : null;
}

/// <summary>Which order a form is for.</summary>
/// <param name="Query">The query it answers; <c>null</c> for an order out of the catalogue.</param>
/// <param name="Mark">A mark of its own where there is no query.</param>
public sealed record OrderKey(string? Query, string Mark)
{
    public static OrderKey New(DateTimeOffset now) => new(null, Guid.CreateVersion7(now).ToString("N"));

    public static OrderKey Of(IReadOnlyDictionary<string, string> data) => new(data.GetValueOrDefault("ticket"), data.GetValueOrDefault("mark") ?? "");

    public Dictionary<string, string> AsData(CatalogueItem item)
    {
        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["item"] = item.Id, ["version"] = OrderForm.VersionOf(item) };
        if (Query is not null)
        {
            data["ticket"] = Query;
        }
        else
        {
            data["mark"] = Mark;
        }

        return data;
    }
}
