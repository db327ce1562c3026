using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Approvals;
using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Fulfilment;
using ServiceDeskBot.Core.Intake;

namespace ServiceDeskBot.Core.Tickets.Actions;

/// <summary>Every action by the name that its button carries and the words by which it is typed.</summary>
public static partial class TicketActions
{
    /// <summary>The action a button or form stands for; <c>null</c> for a name that is not an action on a ticket.</summary>
    public static TicketAction? Of(string action, IReadOnlyDictionary<string, string> data, IReadOnlyDictionary<string, string> fields)
    {
        var words = Field(fields, "text");
        return action switch
        {
            "claim" => new Claim(),
            "join" => new JoinSwarm(),
            "next-unclaimed" => new NextUnclaimed(),
            "release" => new Release(words),
            "not-ours" => new ReRoute(Field(fields, "team"), words),
            "assign" => new Assign(Field(fields, "person")),
            "reply" => new ReplyToUser(words),
            "note" => AddNote.From(fields),
            "wait" => new WaitForUser(words),
            "merge" => new Merge(Field(fields, "into")),
            "change" => new Reclassify(Field(fields, "type"), Field(fields, "category"), Field(fields, "impact"), Field(fields, "urgency"), Field(fields, "work"), words),
            "resolve" => new Resolve(words, Field(fields, "steps")),
            "agree" => new Agree(true),
            "disagree" => new Agree(false),
            "longer" => Expect.From(fields),
            "holds" => new WillHold(),
            "fill-in" => SettleFacts.From(fields),
            "not-needed" => new SettleFacts(new Dictionary<string, string>(StringComparer.Ordinal)),
            "why" => new Explain(),
            "show-all" => new ShowAll(),
            "fixed" => new ConfirmFix(),
            "still-broken" => new StillBroken(),
            "approve" => new Approve(),
            "reject" => new Reject(words),
            "delegate" => new DelegateApproval(words),
            "ask-back" => new AskBack(words),
            "task-claim" => new ClaimTask(Field(data, "task")),
            "task-done" => new FinishTask(Field(data, "task")),
            "task-there" => new ConfirmTask(Field(data, "task")),
            "task-missing" => new MissTask(Field(data, "task")),
            "confirm" => new ConfirmQuery(),
            "change-query" => new CorrectQuery(Field(fields, "type"), Field(fields, "service"), Field(fields, "impact"), Field(fields, "urgency"), words),
            "answer-wish" => new AnswerWish(words),
            "clarify" => new ClarifyQuery(Field(data, "value") ?? Clarification.Neither),
            "split" => new SplitQuery(Field(data, "value") ?? SplitQuery.Together),
            "person" => new AskForPerson(),
            "solved" => new SolveByArticle(Field(data, "article") ?? ""),
            "step-done" => new StepArticle(Field(data, "article") ?? "", int.TryParse(Field(data, "step"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var step) ? step : -1),
            "not-this" => new DeclineArticle(Field(data, "article") ?? ""),
            "new-issue" => new NewIssueInstead(Field(data, "text") ?? ""),
            "order" => new PlaceOrder(data, fields),
            _ => null,
        };
    }

    /// <summary>A typed command: <c>resolve INC-1042 access point replaced</c>; inside a ticket's thread the number may be left out.</summary>
    /// <param name="here">The ticket of the thread, or <c>null</c>.</param>
    public static (TicketAction Action, string Ticket)? Typed(string text, string? here)
    {
        if (Command().Match(text) is not { Success: true } match)
        {
            return null;
        }

        var ticket = match.Groups["ticket"].Success ? match.Groups["ticket"].Value.ToUpperInvariant() : here;
        if (ticket is null)
        {
            return null;
        }

        var rest = match.Groups["rest"].Value.Trim();
        var words = rest.Length > 0 ? rest : null;
        var verb = match.Groups["verb"].Value.ToLowerInvariant();
        TicketAction action = verb switch
        {
            "claim" or "übernehmen" => new Claim(),
            "join" or "i'm in" or "im in" or "i’m in" or "ich mache mit" => new JoinSwarm(),
            "release" or "abgeben" => new Release(words),
            "not ours" or "nicht für uns" => Route(rest),
            "assign" or "assign to" or "zuweisen" => new Assign(words),
            "reply" or "reply to user" or "antworten" => new ReplyToUser(words),
            "note" or "notiz" => new AddNote(words),
            "wait" or "wait for user" or "auf antwort warten" => new WaitForUser(words),
            "merge" or "zusammenführen" => new Merge(words),
            "change" or "change type or priority" or "art oder dringlichkeit ändern" => new Reclassify(null, null, null, null, null, null),
            "resolve" or "gelöst" => new Resolve(words),
            "approve" or "zustimmen" => new Approve(),
            "reject" or "ablehnen" => new Reject(words),
            "delegate" or "delegate to" or "let somebody else decide" or "jemand anderes soll entscheiden" => new DelegateApproval(words),
            "ask back" or "nachfragen" => new AskBack(words),
            "claim task" => new ClaimTask(words),
            "task done" => new FinishTask(words),
            "task there" => new ConfirmTask(words),
            "task missing" => new MissTask(words),
            "yes, that is right" or "ja, das stimmt so" => new Agree(true),
            "no, i did not want that" or "nein, das wollte ich nicht" => new Agree(false),
            "it takes longer" or "longer" or "dauert länger" => Expect.Typed(rest),
            "it will hold" or "holds" or "es klappt" => new WillHold(),
            "fill in" or "fill it in" or "ergänzen" => SettleFacts.From(new Dictionary<string, string>(StringComparer.Ordinal)),
            "not needed" or "nicht nötig" => new SettleFacts(new Dictionary<string, string>(StringComparer.Ordinal)),
            "fixed" or "yes, thanks" or "ja, danke" => new ConfirmFix(),
            "still broken" or "geht noch nicht" => new StillBroken(words),
            "show all" or "alles zeigen" => new ShowAll(),
            "next unclaimed" or "nächstes freies" => new NextUnclaimed(),
            "answer wish" or "answer" or "beantworten" => new AnswerWish(words),
            _ => new Explain(),
        };
        return (action, ticket);
    }

    /// <summary>"not ours INC-1 applications it is the ERP": the first word is the team.</summary>
    private static ReRoute Route(string rest)
    {
        var parts = rest.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries);
        return parts.Length == 2 ? new ReRoute(parts[0].TrimEnd(':', ','), parts[1]) : new ReRoute(null, null);
    }

    private static string? Field(IReadOnlyDictionary<string, string> fields, string id) =>
        fields.TryGetValue(id, out var value) && !string.IsNullOrWhiteSpace(value) ? value.Trim() : null;

    [GeneratedRegex(@"^\s*(?<verb>claim task|show all|alles zeigen|next unclaimed|nächstes freies|claim|join|i['’]?m in|release|not ours|assign to|assign|reply to user|reply|note|wait for user|wait|merge|change type or priority|change|resolve|it takes longer|longer|dauert länger|it will hold|holds|es klappt|fill it in|fill in|ergänzen|not needed|nicht nötig|why\??|approve|reject|fixed|yes, thanks|yes, that is right|ja, das stimmt so|no, i did not want that|nein, das wollte ich nicht|still broken|answer wish|delegate to|delegate|ask back|task done|task there|task missing|answer|let somebody else decide|übernehmen|ich mache mit|abgeben|nicht für uns|zuweisen|antworten|notiz|auf antwort warten|zusammenführen|art oder dringlichkeit ändern|gelöst|warum\??|zustimmen|ablehnen|jemand anderes soll entscheiden|nachfragen|ja, danke|geht noch nicht|beantworten)(\s+|:|$)(?<ticket>(QRY|INC|REQ|PRB|CMP|FBK|IDEA|CHG|EVT)-\d{1,12})?\s*:?\s*(?<rest>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Command();
}
