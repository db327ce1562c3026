using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Triage.Corrections;

/// <summary><c>review</c>: a reviewer sees what others corrected and says what may be learned from. By button, or typed: <c>review accept INC-1042</c>.</summary>
internal static partial class Reviewing
{
    /// <summary>The name that the card's buttons carry.</summary>
    public const string Action = "review";

    /// <summary>True when the words were such a command.</summary>
    public static async ValueTask<bool> CommandAsync(string text, TurnContext context)
    {
        if (Command().Match(text) is not { Success: true } match)
        {
            return false;
        }

        if (context.Place.Kind != PlaceKind.Personal)
        {
            context.Refuse(Phrase.Key("review.personal"));
            return true;
        }

        var waiting = await WaitingForAsync(context);
        if (match.Groups["ticket"].Value.ToUpperInvariant() is not { Length: > 0 } ticket)
        {
            context.Decision.Answer = new Tell(await ReviewCard.ForAsync(waiting, null, context));
        }
        else if (waiting.Find(candidate => candidate.Ticket == ticket) is { } meant)
        {
            var accept = match.Groups["verb"].Value.StartsWith("accept", StringComparison.OrdinalIgnoreCase);
            await DecideAsync(meant, accept, match.Groups["category"].Value, waiting, context);
        }
        else
        {
            context.Refuse(Phrase.Key("review.unknown", ("ticket", ticket)));
        }

        return true;
    }

    public static async ValueTask PressedAsync(Pressed pressed, TurnContext context)
    {
        var waiting = await WaitingForAsync(context);
        if (waiting.Find(candidate => candidate.Id == pressed.Data.GetValueOrDefault("candidate")) is { } meant)
        {
            await DecideAsync(meant, pressed.Data.GetValueOrDefault("use") == "yes", pressed.Data.GetValueOrDefault("category") ?? "", waiting, context);
        }
        else
        {
            await ShowAsync(waiting, Phrase.Key("review.over"), context);
        }
    }

    /// <summary>Those that this person may decide: not their own, and nothing of a closed team that is not theirs.</summary>
    private static async ValueTask<List<Candidate>> WaitingForAsync(TurnContext context)
    {
        var waiting = new List<Candidate>();
        foreach (var candidate in await context.Snapshot.CandidatesAsync(ReviewState.Waiting))
        {
            if (candidate.Text.Length > 0
                && candidate.By != context.Actor.Id
                && await context.Snapshot.TicketAsync(candidate.Ticket) is { } ticket
                && Rights.MayReview(context.Actor, ticket, context.Desk))
            {
                waiting.Add(candidate);
            }
        }

        return waiting;
    }

    private static async ValueTask DecideAsync(Candidate meant, bool accept, string category, List<Candidate> waiting, TurnContext context)
    {
        var known = context.Desk.Teams.SelectMany(team => team.Categories).FirstOrDefault(known => string.Equals(known, category, StringComparison.OrdinalIgnoreCase));
        if (Review.Decide(meant, accept, context.Actor.Id, context.Now, known) is not ReviewOutcome.Decided(var decided))
        {
            context.Refuse(Phrase.Key("review.which-category", ("ticket", meant.Ticket), ("categories", string.Join(", ", ReviewCard.CategoriesOf(meant, context.Desk)))));
            return;
        }

        context.Decision.Add(new PutCandidate(decided));
        await ShowAsync([.. waiting.Where(other => other.Id != meant.Id)], Phrase.Key(accept ? "review.accepted" : "review.rejected", ("ticket", meant.Ticket)), context);
    }

    private static async ValueTask ShowAsync(List<Candidate> waiting, Phrase first, TurnContext context)
    {
        var card = await ReviewCard.ForAsync(waiting, first, context);
        if (context.PressedPost is { } post)
        {
            context.Decision.Answer = new ShowCard(card);
            context.Decision.Replace(context.Place, post, card, context.Actor);
        }
        else
        {
            context.Decision.Answer = new Tell(card);
        }
    }

    [GeneratedRegex(@"^\W*review(\s+(?<verb>accept|reject)\s+(?<ticket>[A-Z]{3,4}-\d{1,12})(\s+(as\s+)?(?<category>[\p{L}\p{N}-]{1,60}))?)?\W*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex Command();
}
