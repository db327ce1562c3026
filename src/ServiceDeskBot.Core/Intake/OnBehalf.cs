using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Recognises that a message is about a colleague: "Peter's laptop does not start", "for my colleague Ines".</summary>
public static partial class OnBehalf
{
    /// <summary>The evidence code of a matter reported for somebody else.</summary>
    public const string Code = "on-behalf";

    private const int Longest = 4000;

    /// <summary>Whom it is about.</summary>
    /// <param name="Person"><c>null</c>: a colleague, and nobody knows yet which one.</param>
    public sealed record Colleague(Person? Person);

    /// <summary>True where what is asked for in somebody's name needs their yes, or somebody whom the desk's policy lets speak for them.</summary>
    public static bool NeedsAgreement(Ticket ticket, DeskContent desk) =>
        ticket.Affected != ticket.Reporter && (ticket.Type == "request" || ticket.Category == "access") && !MayActFor(ticket.Reporter, ticket.Affected, desk);

    private static bool MayActFor(string actor, string other, DeskContent desk)
    {
        var (one, about) = (desk.People.FirstOrDefault(person => person.Id == actor), desk.People.FirstOrDefault(person => person.Id == other));
        return (desk.Policies.Behalf.Manager && about?.Manager == actor)
            || (desk.Policies.Behalf.Department && one is { Department.Length: > 0 } && one.Department == about?.Department)
            || (one is not null && one.Groups.Intersect(desk.Policies.Behalf.Groups, StringComparer.Ordinal).Any());
    }

    /// <summary><c>null</c> when it is about the writer. Where two could be meant, nobody is guessed.</summary>
    internal static async ValueTask<Colleague?> InAsync(string words, TurnContext turn)
    {
        words = words.Length > Longest ? words[..Longest] : words;
        var named = (await Mentioned.PeopleAsync(words, turn)).Where(person => person.Id != turn.Actor.Id && IsAbout(words, person)).ToList();
        return named is [var one] ? new Colleague(one)
            : named.Count > 1 || SomeColleague().IsMatch(words) ? new Colleague(null)
            : null;
    }

    /// <summary>A name alone ("Ada was kind") is no report for that person: something must be theirs, or not work for them.</summary>
    private static bool IsAbout(string words, Person person)
    {
        var name = $"({Regex.Escape(person.Name)}|{Regex.Escape(person.Name.Split(' ')[0])}{(person.Email is null ? "" : "|" + Regex.Escape(person.Email))})";
        return Regex.IsMatch(
            words,
            $@"\b{name}(['’]?s)?\s+(new |old |work |neuer? |neues )?(laptop|notebook|computer|pc|account|password|passwort|konto|phone|handy|telefon|mailbox|postfach|mail|email|e-mail|outlook|badge|ausweis|monitor|screen|bildschirm|vpn|drucker|printer|teams|login|access|zugriff|headset|calendar|kalender)\b"
            + $@"|\b{name}\s+(can'?t|cannot|can not|could not|couldn'?t|is (not able|unable|locked)|has (no|lost|forgotten|a problem|trouble)|does ?n[o']t|doesn'?t|lost|forgot|needs?|gets?|would (like|need)|wants?|kann|kommt|hat|braucht|bekommt|möchte)\b"
            + $@"|\b(for|on behalf of|für|im namen von)\s+((my|our|the|meine[nrms]?|unsere[nrms]?|den|die)\s+)?((new\s+)?(colleague|co-?worker|boss|manager|assistant|intern|teammate|kolleg(e|en|in)|chef(in)?|praktikant(in)?)\s+)?{name}\b",
            RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture,
            TimeSpan.FromSeconds(2));
    }

    [GeneratedRegex(@"\b((for|on behalf of) (a|my|one of (my|our)) (new )?(colleague|co-?worker|boss|manager|assistant|intern|teammate)\b|(my|a|our) (new )?(colleague|co-?worker|boss|manager|assistant|intern|teammate)('s|s')? ?(\w+ )?(can'?t|cannot|could not|is (unable|locked)|has (no|lost|forgotten)|lost|forgot|needs|does ?n[o']t|doesn'?t|won'?t|laptop|phone|account|password|computer|mailbox)\b|für (eine[nr]?|meine[nr]?) (neue[nr]? )?(kolleg(e|en|in)|chef(in)?|praktikant(in|en)?)\b|mein(e)? (kolleg(e|in)|chef(in)?|praktikant(in)?) (kann|kommt|hat|braucht)\b)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex SomeColleague();
}
