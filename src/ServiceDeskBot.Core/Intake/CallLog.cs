using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>
/// Somebody called or came by: an agent writes it down in their name, "log for wanda: her scanner is broken". The person finds it in their
/// own chat, on whichever platform, and goes on there.
/// </summary>
internal static partial class CallLog
{
    /// <summary>True when the words were an agent's and such a note.</summary>
    public static async ValueTask<bool> TypedAsync(string text, TurnContext turn)
    {
        if (!turn.Actor.Is("agent") || Log().Match(text) is not { Success: true } match)
        {
            return false;
        }

        var named = match.Groups["who"].Value;
        if (await Mentioned.PeopleAsync(named, turn) is not [var person])
        {
            turn.Refuse(Phrase.Key("call.who", ("named", named)));
            return true;
        }

        var words = match.Groups["words"].Value.Trim();
        var record = await new RaiseRecord(new RaisedByProgram(words, null, null, null, null)) { For = person }.DecideAsync(turn);
        turn.Decision.Answer = new Tell(Card.Of(Phrase.Key(await GoOnInOwnChatAsync(turn, person, record.Id) ? "call.logged" : "call.logged-unreachable", ("ticket", record.Id), ("person", person.Name))));
        return true;
    }

    /// <summary>What the person writes next in their own chat is about it, so that nothing is told twice.</summary>
    private static async ValueTask<bool> GoOnInOwnChatAsync(TurnContext turn, Person person, string ticket)
    {
        if (await turn.ReachAsync(person.Id) is not { } place)
        {
            return false;
        }

        var talk = await turn.Snapshot.ConversationAsync(place.Key, person.Id);
        turn.Decision.Add(new PutConversation(place.Key, person.Id, talk with { Focus = ticket, FocusedAt = turn.Now }));
        turn.Decision.Say(place, Card.Of(Phrase.Key("call.told", ("agent", turn.Actor.Name), ("ticket", ticket))), person, ticket);
        return true;
    }

    [GeneratedRegex(@"^\s*(log (a )?(call|walk-?in|visit) (for|from|of)|log for|anruf von|notiere für|melden für)\s+(?<who>[^:\n]{2,100}?)\s*:\s*(?<words>\S.{3,})$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline, 2000)]
    private static partial Regex Log();
}
