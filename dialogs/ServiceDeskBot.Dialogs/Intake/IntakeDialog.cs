using System.Globalization;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Dialogs.Intake;

/// <summary>
/// Takes typed answers to the card that shows what was understood; each button of it has words that do the same. Anything
/// else passes: it goes on about the query, or is a matter of its own.
/// </summary>
public sealed partial class IntakeDialog : Dialog<IntakeState>
{
    public override string Name => RegisterQuery.Dialog;

    /// <summary>Its card stays in front of the person; other words pass.</summary>
    public override bool Insists => false;

    protected override string? TicketOf(IntakeState state) => state.Query;

    protected override Move Take(IntakeState state, DialogInput input, Facts facts)
    {
        if (facts.Ticket is not { IsOpen: true, Type: "query" } query)
        {
            return Move.Pass;
        }

        return input is DialogInput.Typed typed ? Typed(state, typed.Text, query) : Move.Pass;
    }

    private static Move Typed(IntakeState state, string text, Ticket query)
    {
        if (Right().IsMatch(text) || JustLog().IsMatch(text))
        {
            return Move.DoAndStay(state, new ConfirmQuery(), query.Id);
        }

        if (Change().IsMatch(text))
        {
            return Move.DoAndStay(state, new CorrectQuery(null, null, null, null, null), query.Id);
        }

        var offered = query.Offered.Except(query.Tried, StringComparer.Ordinal).ToList();
        if (offered.Count > 0 && Solved().Match(text) is { Success: true } solved)
        {
            return Move.DoAndStay(state, new SolveByArticle(Chosen(offered, solved)), query.Id);
        }

        return offered.Count > 0 && NotThis().Match(text) is { Success: true } not
            ? Move.DoAndStay(state, new DeclineArticle(Chosen(offered, not)), query.Id)
            : Move.Pass;
    }

    /// <summary>"solved it 2" means the second article; without a number, the first.</summary>
    private static string Chosen(List<string> offered, Match match) =>
        int.TryParse(match.Groups["n"].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n >= 1 && n <= offered.Count ? offered[n - 1] : offered[0];

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\W*(yes|yep|yeah|ja|jawohl|correct|right|exactly|perfect|ok(ay)?|(that|it|this|all)('s| is| looks| sounds)? (right|it|correct|good|fine)|(looks|sounds) (right|correct|good|fine)|confirm|genau|korrekt|richtig|((das|es|alles) )?(stimmt|passt|ist richtig)( so)?)([\s,.!]+(please|thanks|thank you|(that|it)('s| is) (right|it|correct)|it is|correct|bitte|danke|genau|so|(das )?(stimmt|passt)( so)?|richtig))*\W*$", Quick, 2000)]
    private static partial Regex Right();

    [GeneratedRegex(@"^\W*((please |bitte )?just )?(log|open|create|raise)( it| a ticket| the ticket)?( please)?\W*$", Quick, 2000)]
    private static partial Regex JustLog();

    [GeneratedRegex(@"^\W*(change( something| it)?|no,? (that'?s )?(wrong|not (right|it))|that'?s (wrong|not (right|it))|wrong|ändern|(nein,? )?(das |es )?(stimmt|passt)( so)? nicht( so| ganz)?|(nein,? )?(das ist )?(falsch|nicht richtig))\W*$", Quick, 2000)]
    private static partial Regex Change();

    [GeneratedRegex(@"^\W*((that |this |it |number )?(solved|fixed|worked|helped)( it| that| me)?|(das |es )?hat (geholfen|funktioniert|geklappt))\W*(?<n>\d?)\W*$", Quick, 2000)]
    private static partial Regex Solved();

    [GeneratedRegex(@"^\W*(not this( one)?|(that |this |it )?(did not|didn'?t|does not|doesn'?t) (help|work)|(das |es )?(hilft|hat) (leider )?nicht(s)?( geholfen| funktioniert| geklappt)?|no|nope|nein)\W*(?<n>\d?)\W*$", Quick, 2000)]
    private static partial Regex NotThis();
}
