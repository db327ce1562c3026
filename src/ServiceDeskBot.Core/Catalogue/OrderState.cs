using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>An order that is not placed yet: answers given so far, in a form that came back or one by one in the chat.</summary>
/// <param name="Query">The query it answers; <c>null</c> for an order out of the catalogue.</param>
/// <param name="Mark">Names this one order where there is no query.</param>
/// <param name="Values">Answers by field.</param>
/// <param name="Asking">The field that is being asked for; <see cref="Confirm"/> when all are answered; <c>null</c> while it is only kept.</param>
public sealed record OrderState(string Item, string? Query, string Mark, IReadOnlyDictionary<string, string> Values, string? Asking)
{
    /// <summary>The name of the dialog that asks; lies in the dialogs project.</summary>
    public const string Dialog = "order";

    public const string Confirm = "";

    public OrderKey Key => new(Query, Mark);

    /// <summary>The same order with the next open question asked.</summary>
    public OrderState Next(CatalogueItem item) => this with { Asking = item.Fields.FirstOrDefault(field => !Values.ContainsKey(field.Id))?.Id ?? Confirm };

    public OrderState With(string field, string value) => this with { Values = new Dictionary<string, string>(Values, StringComparer.Ordinal) { [field] = value } };

    public DialogFrame ToFrame(DateTimeOffset now) => DialogFrame.Of(Dialog, 1, this, now);

    /// <summary>What somebody began to order and did not finish here; <c>null</c> when it is none or another item.</summary>
    public static OrderState? Kept(TurnContext turn, CatalogueItem item, string? query) =>
        turn.Conversation.Stack.LastOrDefault(frame => frame is { Dialog: Dialog, Version: 1 }) is { } frame
        && turn.Now - frame.TouchedAt < Talk.Longest
        && System.Text.Json.JsonSerializer.Deserialize<OrderState>(frame.State, System.Text.Json.JsonSerializerOptions.Web) is { } kept
        && kept.Item == item.Id && kept.Query == query
            ? kept
            : null;
}

/// <summary>The form as a chat: one question at a time, then what was answered and one last yes.</summary>
public static class OrderQuestions
{
    /// <param name="fault">What was wrong with the last answer; <c>null</c> when nothing was.</param>
    public static Card Card(CatalogueItem item, OrderState state, Phrase? fault = null)
    {
        if (item.Fields.FirstOrDefault(field => field.Id == state.Asking) is not { } field)
        {
            return Summary(item, state);
        }

        var question = Phrase.Key(field.Required ? "order.question" : field.Later ? "order.question-later" : "order.question-optional", ("n", item.Fields.ToList().IndexOf(field) + 1), ("of", item.Fields.Count), ("item", item.Name), ("question", field.Label));
        var parts = new List<CardPart>();
        if (fault is not null)
        {
            parts.Add(new TextPart(fault));
        }

        parts.Add(new TextPart(question));
        if (field.Options.Count > 0)
        {
            parts.Add(new TextPart(new Listing([.. field.Options.Select((option, n) => (Phrase)$"{n + 1}. {option}")], "\n")));
        }

        var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["item"] = item.Id };
        if (state.Query is not null)
        {
            data["query"] = state.Query;
        }

        return new Card(parts, [.. field.Options.Select(option => Answer(option, field.Id, option)), new Button(Phrase.Key("button.order-form"), "order-item", data) { OpensForm = true, Secondary = field.Options.Count > 0 }])
        {
            Summary = question,
        };
    }

    private static Card Summary(CatalogueItem item, OrderState state) => new(
        [
            new TextPart(Phrase.Key("order.check", ("item", item.Name)), TextStyle.Heading),
            new FactsPart([.. item.Fields.Where(field => state.Values.GetValueOrDefault(field.Id) is { Length: > 0 }).Select(field => new Fact(field.Label, state.Values[field.Id]))]),
            new TextPart(Phrase.Key("order.say-yes"), TextStyle.Subtle),
        ],
        [Answer(Phrase.Key("order.submit"), OrderState.Confirm, "yes") with { Style = ButtonStyle.Primary }])
    {
        Summary = Phrase.Key("order.check", ("item", item.Name)),
    };

    private static Button Answer(Phrase title, string field, string value) =>
        new(title, "order-answer", new Dictionary<string, string>(StringComparer.Ordinal) { ["question"] = field.Length == 0 ? "confirm" : field, ["value"] = value });
}
