using System.Globalization;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Dialogs.Prompts;

namespace ServiceDeskBot.Dialogs.Order;

/// <summary>
/// A catalogue item's form as a chat: each field is a question by the same rules as in the form, then one yes places the
/// order. A form that came back with faults is kept here as well, and offered again.
/// </summary>
public sealed partial class OrderDialog : Dialog<OrderState>
{
    public override string Name => OrderState.Dialog;

    public override string? Action => "order-answer";

    protected override string? TicketOf(OrderState state) => state.Query;

    protected override string? SoFar(OrderState state, DeskContent desk) => desk.Item(state.Item) is { } item
        ? $"Wants to order: {item.Name}{string.Concat(item.Fields.Where(field => state.Values.GetValueOrDefault(field.Id) is { Length: > 0 }).Select(field => $"; {field.Label}: {state.Values[field.Id]}"))}"
        : null;

    protected override Move Take(OrderState state, DialogInput input, Facts facts)
    {
        if (facts.Desk.Item(state.Item) is not { } item)
        {
            return Move.Drop;
        }

        if (input is DialogInput.Resumed)
        {
            return Ask(item, state.Asking is null ? state.Next(item) : state);
        }

        // Kept and not asked about: what is said now is something else.
        if (state.Asking is null)
        {
            return Move.Pass;
        }

        return item.Fields.FirstOrDefault(field => field.Id == state.Asking) is { } field
            ? Answered(item, state, field, input, facts)
            : Confirmed(item, state, input);
    }

    private static Move Answered(CatalogueItem item, OrderState state, CatalogueField field, DialogInput input, Facts facts)
    {
        var said = input switch
        {
            DialogInput.Typed typed => typed.Text,
            DialogInput.Tapped tapped when tapped.Data.GetValueOrDefault("question") == field.Id => tapped.Data.GetValueOrDefault("value") ?? "",
            // A tap on an older question: the present one is asked, nothing is held against the person.
            _ => null,
        };
        if (said is null)
        {
            return Ask(item, state);
        }

        var value = !field.Required && Skip().IsMatch(said) ? "" : Meant(field, said.Trim(), facts);
        var fault = OrderForm.Fault(field, value, facts.Desk.DayOf(facts.Now));
        return fault is null
            ? Ask(item, state.With(field.Id, value).Next(item)) with { AnyWords = input is DialogInput.Typed && field.Kind is "text" or "long-text" }
            : Move.AskAgain(state, OrderQuestions.Card(item, state, fault));
    }

    private static Move Confirmed(CatalogueItem item, OrderState state, DialogInput input) => input switch
    {
        DialogInput.Tapped tapped when tapped.Data.GetValueOrDefault("question") == "confirm" => Place(item, state),
        DialogInput.Typed typed when Yes().IsMatch(typed.Text) => Place(item, state),
        DialogInput.Typed => Move.AskAgain(state, OrderQuestions.Card(item, state)),
        _ => Ask(item, state),
    };

    private static Move Ask(CatalogueItem item, OrderState state) => Move.Ask(state, OrderQuestions.Card(item, state));

    /// <summary>Sent as the form would be: the same checks, the same refusals.</summary>
    private static Move Place(CatalogueItem item, OrderState state) =>
        Move.Send(new Pressed(OrderForm.Action, state.Key.AsData(item), state.Values.Where(value => value.Value.Length > 0).ToDictionary(StringComparer.Ordinal), null));

    /// <summary>What a typed answer means for the kind of field: an option by its number or a word of it, a day in natural words.</summary>
    private static string Meant(CatalogueField field, string said, Facts facts) => field.Kind switch
    {
        "choice" => new ChoicePrompt(field.Id, field.Label, field.Label, [.. field.Options.Select(option => new Option(option, option))]).Read(said, facts) is { Understood: true } heard ? heard.Value! : said,
        "date" when !DateOnly.TryParse(said, CultureInfo.InvariantCulture, out _) && Deadlines.In($"by {said}", facts.Now, facts.Zone) is { } day =>
            DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(day, facts.Zone).DateTime).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => said,
    };

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\W*(skip|none|nothing|no|leave it( empty)?|(i )?(do not|don['’]?t) know( it)?( yet)?|not (known|sure) yet|(das )?wei(ß|ss) ich (noch )?nicht|noch (nicht bekannt|unbekannt)|überspringen|keine?s?|nichts|nein)?\W*$", Quick, 2000)]
    private static partial Regex Skip();

    [GeneratedRegex(@"^\W*(yes|yep|ja|ok(ay)?|order( it)?|correct|right|that'?s right|stimmt|bestellen|passt)([\s,.!]+(please|thanks|order it|bitte|danke))*\W*$", Quick, 2000)]
    private static partial Regex Yes();
}
