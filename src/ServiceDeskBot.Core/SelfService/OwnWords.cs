using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.SelfService;

/// <summary>What people say about their own tickets, from any channel: cancel it, it is more urgent, open it again, add this to it.</summary>
internal static partial class OwnWords
{
    /// <summary>True for words that can mean nothing else, so that they interrupt any dialog.</summary>
    public static bool NamesATicket(string text) => text.Length < Longest && Ticket().IsMatch(text) && (Cancels().IsMatch(text) || Presses().IsMatch(text) || Reopens().IsMatch(text) || Adds().IsMatch(text));

    /// <summary>True for words that want something done with a ticket, named or not.</summary>
    public static bool IsWish(string text) => text.Length < Longest && (IsOfATicket(Cancels().Match(text)) || IsOfATicket(Presses().Match(text)) || Reopens().IsMatch(text));

    /// <summary>True when the words were about a ticket of theirs.</summary>
    public static async ValueTask<bool> TakenAsync(string text, Said said, TurnContext context)
    {
        if (Adds().Match(text) is { Success: true } adds)
        {
            var ticket = adds.Groups["ticket"].Value.ToUpperInvariant();
            await new AddMessage(adds.Groups["words"].Value.Trim(), said.PostId, said.Attachments).TakeAsync(context, ticket);
            if (context.Decision.Answer is Nothing)
            {
                context.Focus(ticket);
                context.Decision.Answer = new Tell(Card.Of(Phrase.Key("message.added", ("ticket", ticket))));
            }

            return true;
        }

        if (text.Length >= Longest)
        {
            return false;
        }

        // "Never mind, the laptop was stolen" is the last thing to be cancelled.
        return (SecuritySigns.In(text) is null && Cancels().Match(text) is { Success: true } cancels && await BeginAsync(CancelState.Dialog, text, cancels, context))
            || (Presses().Match(text) is { Success: true } presses && await BeginAsync(PressingState.Dialog, text, presses, context))
            || (Reopens().IsMatch(text) && await ReopenAsync(text, context));
    }

    /// <summary>False for "cancel the monitor": that is of a ticket only where there is one about a monitor.</summary>
    private static bool IsOfATicket(Match wish) => wish.Success && !wish.Groups["thing"].Success;

    /// <summary>Asks first: which one, where several could be meant; then the dialog's own questions.</summary>
    private static async ValueTask<bool> BeginAsync(string dialog, string text, Match wish, TurnContext context)
    {
        var own = (await context.Snapshot.OpenTicketsOfAsync(context.Actor.Id)).Where(ticket => dialog == CancelState.Dialog || ticket.Type != "query").ToList();
        var named = Ticket().Match(text) is { Success: true } id ? own.Where(ticket => string.Equals(ticket.Id, id.Value, StringComparison.OrdinalIgnoreCase)).ToList() : null;
        var meant = named
            ?? (wish.Groups["thing"] is { Success: true, Value: var thing } ? await OwnMatters.FittingAsync(context, own, thing) : InFocus(own, context) is { } focus ? [focus] : own);
        switch (meant)
        {
            case [] when named is not null:
                context.Refuse(Phrase.Key("own.not-open", ("ticket", Ticket().Match(text).Value.ToUpperInvariant())));
                return true;
            case []:
                return false;
            case [var one]:
                Open(dialog, one.Id, context);
                return true;
            default:
                context.Decision.Answer = new Tell(await WhichAsync(dialog, meant, context));
                return true;
        }
    }

    private static Ticket? InFocus(List<Ticket> own, TurnContext context) =>
        context.Now - context.Conversation.FocusedAt < context.Desk.Policies.Intake.Focus ? own.Find(ticket => ticket.Id == context.Conversation.Focus) : null;

    public static void Open(string dialog, string ticket, TurnContext context) => context.Open(dialog == CancelState.Dialog
        ? DialogFrame.Of(dialog, 1, new CancelState(ticket), context.Now)
        : DialogFrame.Of(dialog, 1, new PressingState(ticket), context.Now));

    private static async ValueTask<Card> WhichAsync(string dialog, IReadOnlyList<Ticket> own, TurnContext context)
    {
        var buttons = new List<Button>();
        foreach (var ticket in own.Take(Most))
        {
            var title = Phrase.Key("record.title", ("ticket", ticket.Id), ("summary", Summaries.Of(await context.Snapshot.SummaryAsync(ticket.Id), ShortTitle)));
            buttons.Add(new Button(title, dialog, new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket.Id, ["question"] = "which" }));
        }

        return new Card([new TextPart(Phrase.Key("own.which", ("ticket", own[0].Id)))], buttons);
    }

    private static async ValueTask<bool> ReopenAsync(string text, TurnContext context)
    {
        var ticket = Ticket().Match(text) is { Success: true } id ? id.Value.ToUpperInvariant() : context.Conversation.Focus;
        if (ticket is null)
        {
            return false;
        }

        await new StillBroken(text).TakeAsync(context, ticket);
        return true;
    }

    private const int Longest = 120;
    private const int Most = 5;
    private const int ShortTitle = 50;

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    private const string Id = @"(QRY|INC|REQ|CMP|IDEA)-\d{1,12}";

    private const string Thing = @"(?<thing>\w[\w -]{1,40}?)";

    private const string Impatience = "(hello|hi|hey|where are you|where is everybody|(is )?anybody (there|here)|any (news|updates?)|how much longer|come on|hallo|wo bleib(t ihr|en sie)|ist (da )?jemand da)";

    private const string NeverMind = "(never ?mind|forget (it|that|about it)|vergiss (es|das)|vergessen sie (es|das))";

    /// <summary>By themselves: somebody who also says what it was tells the team something.</summary>
    private const string Solved =
        @"((i|we)(('ve| have)( just| already| now)*)? (found|solved|fixed|sorted|figured)( out)? (it|this|that|the (problem|issue|cause|error|mistake|reason))( out)?( (myself|ourselves|now|already))*"
        + @"|(ich |wir )?hab(e|en)? (es|das|das problem|den fehler|die ursache)( (jetzt|schon|selbst|selber))* (gefunden|gelöst|behoben|hinbekommen))";

    /// <summary>What it was, in hindsight. Anything else after "never mind" may be another matter, which must not be lost over the question.</summary>
    private const string Hindsight = @"[,.;:!–-]+ *(it|that|this|es|das|(the|der|die|das) [\w -]{2,30}) (was|war) [^.?!;]{1,60}";

    [GeneratedRegex($@"\b{Id}\b", Quick, 2000)]
    private static partial Regex Ticket();

    [GeneratedRegex($@"^\W*((please |bitte )?(can you |could you |i want to |i would like to )?(cancel|withdraw|abort|storniere?n?|zieh\w*)( (it|this|that|my|the|mein\w*|das|den|die))?( (last|open))?( ?(ticket|request|order|incident|issue|anfrage|wunsch|bestellung|{Id}))?( zurück)?( please| bitte)?|(i|we) (do not|don'?t|no longer) need (it|this|that|{Id}|my (ticket|request|order))( any ?more| any longer| now)?|(it|the problem|that)( has)? (fixed|solved|sorted) itself( out)?|(please |bitte )?(can you |could you |i want to |i would like to |i'd like to )?(please )?(cancel|withdraw|storniere?n?)( sie)?( bitte)? (my|the|that|den|die|das|meine?n?) {Thing}( (order|request|ticket|incident|issue))?( please)?|(i|we) (do not|don'?t|no longer) need (the|a|my|that|another) {Thing} (any ?more|any longer|after all)|(ich |wir )?(brauche|benötige|brauchen) (den|die|das|meine?n?|keine?n?) {Thing} (doch )?(nicht )?mehr|hat sich erledigt|(ich )?brauche (es|das) nicht mehr|{Id} hat sich erledigt|({NeverMind}\W+)?{Solved}|{NeverMind}({Hindsight})?)\W*$", Quick, 2000)]
    private static partial Regex Cancels();

    [GeneratedRegex($@"^\W*({Impatience}\W+){{0,2}}((please |bitte )?(raise|increase|change|escalate|prioriti[sz]e|erhöhe?n?)( the| die)?( (priority|urgency|priorität|dringlichkeit))?( (of|for|on|von|für))?( (it|this|that|my ticket|{Id}))?( please| bitte)?|(but )?(this|it|that|{Id})( is|'?s) (really |very |so |extremely |getting |much |more |now |far )*(urgent|pressing)( than (that|this|you think))?( now)?|(my|the) {Thing} is (really |very |now |more )*(urgent|pressing)( now)?|more urgent|(i )?(do not|don'?t) agree with the (priority|urgency)|the (priority|urgency)( of {Id})? is (wrong|too low)|(das|es|{Id}) ist (sehr |wirklich |viel )?(dringend(er)?|eilig(er)?)|ist dringender)\W*$", Quick, 2000)]
    private static partial Regex Presses();

    [GeneratedRegex($@"^\W*((please |bitte )?re-?open( (it|this|my ticket|{Id}))?( please)?|(bitte )?(wieder )?(auf|öffnen)( {Id})?|{Id} wieder (auf|öffnen))\W*$", Quick, 2000)]
    private static partial Regex Reopens();

    [GeneratedRegex($@"^\s*((please |bitte )?(add( this)?( to)?|for|about|to|re|zu|für)\s+)?(?<ticket>{Id})\s*[:,–-]\s*(?<words>\S.{{3,}})$", Quick | RegexOptions.Singleline, 2000)]
    private static partial Regex Adds();
}
