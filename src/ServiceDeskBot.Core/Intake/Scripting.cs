using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Begins the questions of a category's script once an incident is logged, and answers those whose answers are known.</summary>
internal static class Scripting
{
    /// <summary>Nobody is asked anything while work stands still, nor in a matter for the closed circle.</summary>
    public static async ValueTask BeginAsync(TurnContext turn, Ticket record, string summary)
    {
        if (record is not { Type: "incident", Priority: >= 3, Restricted: false, Script: null } || turn.Desk.ScriptFor(record.Service, record.Category) is not { } script)
        {
            return;
        }

        var said = string.Join('\n', (await turn.Snapshot.TextsAsync(record.QueryId)).Where(text => text.Kind is "description" or "message").Select(text => text.Text).Append(summary));
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var step in script.Steps.Where(step => step.Question is not null))
        {
            if (Known(step, said, turn) is { } known)
            {
                answers[step.Id] = known.Value;
                record = AnswerScript.Keep(turn, record, script, step, known.Shown, "desk");
            }
        }

        if (script.Next(answers, record.Shown) is not null)
        {
            turn.Open(DialogFrame.Of(ScriptState.Dialog, 1, new ScriptState(record.Id, script.Id, answers), turn.Now));
        }
    }

    /// <summary>What the person's own message, or the desk's knowledge about them, says already.</summary>
    private static (string Value, string Shown)? Known(ScriptStep step, string said, TurnContext turn)
    {
        var fitting = step.Options.Where(option => option.Words.Any(word => WholeWords.In(said, word))).ToList();
        return step.From switch
        {
            "devices" => turn.Desk.DevicesOf(turn.Actor.Id) switch
            {
                [var only] => (only, only),
                var several => several.FirstOrDefault(device => WholeWords.In(said, device)) is { } named ? (named, named) : null,
            },
            "site" => turn.Actor.Site is { Length: > 0 } site ? (site, site) : null,
            _ => fitting is [var one] ? (one.Id, one.Title.En) : null,
        };
    }
}

/// <summary>An answer to a question of the script: kept on the ticket at once, so that whoever takes over has it.</summary>
/// <param name="Words">As the team reads it.</param>
public sealed record AnswerScript(string Script, string Step, string Words) : TicketAction
{
    public override Right Needs => Right.Own;

    public override ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        if (turn.Desk.Script(Script) is { } script && script.Step(Step) is { } step)
        {
            Keep(turn, ticket, script, step, Words, turn.Actor.Id);
        }

        return ValueTask.CompletedTask;
    }

    internal static Ticket Keep(TurnContext turn, Ticket ticket, CategoryScript script, ScriptStep step, string words, string by)
    {
        var text = turn.Decision.Keep(ticket.Id, "answer", ticket.Reporter, "user", $"{step.Fact?.En ?? step.Id}: {words}");
        return turn.Decision.Apply(ticket, new ScriptAnswered(script.Id, step.Id) { At = turn.Now, By = by, Text = text });
    }
}

/// <summary>What the script let the person try: it helped, and nobody needs to come; or it did not, and the team knows.</summary>
public sealed record TryArticle(string Article, bool Helped) : TicketAction
{
    public override Right Needs => Right.Own;

    public override async ValueTask DecideAsync(TurnContext turn, Ticket ticket)
    {
        var tried = turn.Decision.Apply(ticket, new ArticleTried(Article) { At = turn.Now, By = turn.Actor.Id });
        if (Helped)
        {
            turn.Decision.Apply(tried, new Closed(TicketClosure.SelfSolved) { At = turn.Now, By = turn.Actor.Id, Article = Article });
            if (ticket.Owner is { } owner)
            {
                await turn.TellTeamAsync(ticket, Card.Of(Phrase.Key("verify.told-yes", ("person", turn.Actor.Name), ("ticket", ticket.Id))), owner);
            }
        }
    }
}

/// <summary>How far a script has come. Plain values, stored by name.</summary>
/// <param name="Answers">Values of options, or words, by step; a question that was passed over has an empty one.</param>
public sealed record ScriptState(string Ticket, string Script, IReadOnlyDictionary<string, string> Answers)
{
    public const string Dialog = "script";
}
