using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Operations;

/// <summary>The desk looks at itself and raises what an operator should know: in the channel bound to <c>operators</c>, else to each operator. Each trouble once a day while it lasts.</summary>
internal static class OwnHealth
{
    /// <summary>What a channel is bound to, in place of a team's id.</summary>
    public const string Operators = "operators";

    public static readonly TimeSpan Every = TimeSpan.FromMinutes(15);

    private const long ManyUndecided = 100;
    private const long ManyUnsent = 1000;

    public static async ValueTask RunAsync(TurnContext context)
    {
        var today = DateOnly.FromDateTime(context.Now.UtcDateTime);
        var news = new List<Phrase>();
        foreach (var (name, trouble) in Troubles(await context.Snapshot.FiguresAsync(), context.Reading.Model, context.Desk))
        {
            var mark = $"health/{name}";
            if (!await context.Snapshot.WasToldAsync(mark, today))
            {
                context.Decision.Add(new MarkTold(mark, today));
                news.Add(trouble);
            }
        }

        if (news.Count == 0)
        {
            return;
        }

        var card = new Card(
            [new TextPart(Phrase.Key("health.title"), TextStyle.Heading), .. news.Select(trouble => new TextPart(trouble)), new TextPart(Phrase.Key("health.doctor"), TextStyle.Subtle)],
            []);
        var channels = await context.ChannelsOfAsync(Operators);
        foreach (var channel in channels)
        {
            context.Decision.Say(channel, card, null);
        }

        foreach (var person in channels.Count > 0 ? [] : await Accountable.OperatorsAsync(context))
        {
            if (await context.ReachAsync(person) is { } place)
            {
                context.Decision.Say(place, card, await context.PersonAsync(person));
            }
        }
    }

    private static IEnumerable<(string Name, Phrase Trouble)> Troubles(StoreFigures figures, ITriageModel model, DeskContent desk)
    {
        if (desk.Problem is { } fault)
        {
            yield return ("desk", Phrase.Key("health.desk", ("fault", fault)));
        }

        if (model.Problem is { } problem)
        {
            yield return ("model", Phrase.Key("health.model", ("problem", problem), ("model", model.Version)));
        }

        if (figures.DeadLetters > 0)
        {
            yield return ("dead-letters", Phrase.Key("health.dead-letters", ("n", figures.DeadLetters)));
        }

        if (figures.HeldMessages > 0)
        {
            yield return ("held", Phrase.Key("health.held", ("n", figures.HeldMessages)));
        }

        if (figures.UndoneTurns > ManyUndecided)
        {
            yield return ("undecided", Phrase.Key("health.undecided", ("n", figures.UndoneTurns)));
        }

        if (figures.UnsentMessages > ManyUnsent)
        {
            yield return ("unsent", Phrase.Key("health.unsent", ("n", figures.UnsentMessages)));
        }
    }
}
