using System.Globalization;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Feedback;

namespace ServiceDeskBot.Dialogs.Survey;

/// <summary>
/// Feedback after closure: did it work, how was it, did it meet the need, and one optional comment, with the name or
/// without. A tap each; every step can be skipped; only typed words that fit the question are taken as its answer.
/// </summary>
public sealed partial class SurveyDialog : Dialog<SurveyState>
{
    private static readonly string[] Scale = ["yes", "partly", "no"];

    public override string Name => SurveyOffer.Dialog;

    public override string? Action => "survey";

    /// <summary>Its card stays in front of the person; other words pass.</summary>
    public override bool Insists => false;

    protected override string? TicketOf(SurveyState state) => state.Ticket;

    protected override Move Take(SurveyState state, DialogInput input, Facts facts) => input switch
    {
        DialogInput.Tapped tapped => Tapped(state, tapped),
        DialogInput.Typed typed => Typed(state, typed.Text),
        _ => Move.Pass,
    };

    private static Move Tapped(SurveyState state, DialogInput.Tapped tapped)
    {
        var question = tapped.Data.GetValueOrDefault("question");
        var value = tapped.Data.GetValueOrDefault("value") ?? "";
        return question switch
        {
            "skip" => Skip(state),
            "send" => Send(state, tapped.Fields.GetValueOrDefault("text"), named: value == "named"),
            _ when question == Asked(state) => Answer(state, value),
            _ => Ask(state),
        };
    }

    private static Move Typed(SurveyState state, string text)
    {
        if (SkipWords().IsMatch(text))
        {
            return Skip(state);
        }

        if (state.Need is not null)
        {
            return SendWords().Match(text) is { Success: true } send
                ? Send(state, send.Groups["words"].Value, send.Groups["named"].Success)
                : Move.Pass;
        }

        var value = Value(state, text.Trim().TrimEnd('.', '!').ToLowerInvariant());
        return value is null ? Move.Pass : Answer(state, value);
    }

    /// <summary>The answer that typed words give to the present question; <c>null</c> when they are about something else.</summary>
    private static string? Value(SurveyState state, string text) => Asked(state) switch
    {
        "feeling" => text.Length == 1 && text[0] is >= '1' and <= '5' ? text : null,
        _ => text switch
        {
            "yes" or "ja" => "yes",
            "partly" or "teilweise" => "partly",
            "no" or "nein" => "no",
            _ => null,
        },
    };

    private static string Asked(SurveyState state) => state switch
    {
        { Function: null } => "function",
        { Feeling: null } => "feeling",
        { Need: null } => "need",
        _ => "comment",
    };

    private static Move Answer(SurveyState state, string value) => Asked(state) switch
    {
        "function" when Scale.Contains(value, StringComparer.Ordinal) => Ask(state with { Function = value }),
        "feeling" when int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n is >= 1 and <= 5 => Ask(state with { Feeling = n }),
        "need" when Scale.Contains(value, StringComparer.Ordinal) => Ask(state with { Need = value }),
        _ => Ask(state),
    };

    private static Move Ask(SurveyState state) => Move.Ask(state, Asked(state) switch
    {
        "function" => SurveyCards.Function(state.Ticket),
        "feeling" => SurveyCards.Feeling(state.Ticket),
        "need" => SurveyCards.Need(state.Ticket),
        _ => SurveyCards.Comment(state.Ticket),
    });

    private static Move Send(SurveyState state, string? comment, bool named) =>
        state is { Function: { } function, Feeling: { } feeling, Need: { } need }
            ? Move.Do(
                new AnswerSurvey(new Scores(function, feeling, need, string.IsNullOrWhiteSpace(comment) ? null : comment.Trim()), named),
                state.Ticket,
                Card.Of(Phrase.Key(named ? "survey.thanks-named" : "survey.thanks-anonymous")))
            : Ask(state);

    private static Move Skip(SurveyState state) => Move.Do(new AnswerSurvey(null, false), state.Ticket, Card.Of(Phrase.Key("survey.skipped")));

    [GeneratedRegex(@"^\W*(skip|no thanks|not now|überspringen|nein danke)\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex SkipWords();

    [GeneratedRegex(@"^\s*(send )?((?<named>named|with my name|mit (meinem )?namen)|anonymous(ly)?|without my name|anonym|ohne (meinen )?namen)( senden)?\s*[:,]?\s*(?<words>.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.Singleline | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex SendWords();
}
