using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Digests;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.SelfService;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Actions;
using ServiceDeskBot.Core.Triage.Corrections;
using ServiceDeskBot.Core.Triage.Reports;

namespace ServiceDeskBot.Core.Turns;

/// <summary>
/// What typed words mean, in this order: a command, an answer in a running dialog, an answer to "does it work?", a status
/// question, small talk, a continuation of the ticket in focus; and if none of these, a new query.
/// </summary>
internal static partial class Reading
{
    public static async ValueTask SaidAsync(Said said, TurnContext context, DeskBrain brain)
    {
        if (context.Place.Kind == PlaceKind.Channel)
        {
            await InChannelAsync(said, context, brain);
        }
        else if (said.Addressed)
        {
            await InChatAsync(said, context, brain);
        }
    }

    /// <summary>Where the answer to typed words goes: in a channel under the post.</summary>
    public static Place AnswerPlace(TurnContext context) =>
        context.Place.Kind == PlaceKind.Channel && context.Place.Thread is null && context.OpeningPost is { } post ? context.Place with { Thread = post } : context.Place;

    private static async ValueTask InChannelAsync(Said said, TurnContext context, DeskBrain brain)
    {
        context.OpeningPost = said.PostId;
        var here = context.Place.Thread is { } root ? await context.Snapshot.TicketOfPostAsync(context.Place.Channel, context.Place.Conversation, root) : null;
        if (said.Addressed && await ChannelBinding.CommandAsync(said.Text, context))
        {
            return;
        }

        if (TicketActions.Typed(said.Text, said.Addressed ? here : null) is { } command)
        {
            await command.Action.TakeAsync(context, command.Ticket);
        }
        else if (here is not null)
        {
            await InThreadAsync(said, here, context, brain);
        }
        else if (said.Addressed)
        {
            await InChatAsync(said, context, brain);
        }
    }

    /// <summary>Under a ticket's card in its team's channel words are internal; in the thread where a person asked they are the person's.</summary>
    private static async ValueTask InThreadAsync(Said said, string ticket, TurnContext context, DeskBrain brain)
    {
        var mirrors = await context.Snapshot.MirrorsAsync(ticket);
        var internalThread = mirrors.Any(mirror => (mirror.Kind == MirrorKind.Team || MirrorKind.TaskIn(mirror.Kind) is not null) && mirror.At.Conversation == context.Place.Conversation && mirror.PostId == context.Place.Thread);
        if (internalThread)
        {
            var words = said.Attachments.Count == 0 ? said.Text : $"{said.Text} {string.Join(' ', said.Attachments.Select(file => file.Url is null ? file.Name : $"{file.Name} {file.Url}"))}".Trim();
            if (words.Length > 0)
            {
                await new AddNote(words, said.PostId).TakeAsync(context, ticket);
            }
        }
        else if (mirrors.Any(mirror => MirrorKind.IsLeft(mirror.Kind) && mirror.At.Conversation == context.Place.Conversation && mirror.PostId == context.Place.Thread))
        {
            // Heard by the way, it is talk among colleagues; asked of the desk, it must not be lost in silence.
            if (said.Addressed)
            {
                context.Refuse(Phrase.Key("left.thread"));
            }
        }
        else if (await context.TicketAsync(ticket) is { } stored && Rights.Refusal(context.Actor, Right.Own, stored, context.Desk) is null)
        {
            context.Focus(stored.Id);
            await InChatAsync(said, context, brain);
        }
    }

    private static async ValueTask InChatAsync(Said said, TurnContext context, DeskBrain brain)
    {
        context.OpeningPost = said.PostId;
        var text = said.Text.Trim();
        if (text.Length == 0 && said.Attachments.Count == 0)
        {
            context.Decision.Answer = new Tell(Welcome.For(context.Actor, first: false));
        }
        else if (!await CommandAsync(text, context)
            && !await Talk.TypedAsync(said with { Text = text }, context, brain)
            && !await PressedInWordsAsync(text, context, brain)
            && !await OwnWords.TakenAsync(text, said, context)
            && !await VerifiedAsync(text, said, context)
            && !await AskedOrGreetedAsync(text, said, context))
        {
            await ContinueOrBeginAsync(said with { Text = text }, context);
        }

        if (said.HealthMasked && !context.Decision.Tickets.Any(ticket => ticket.Evidence.Contains(RegisterQuery.HealthCode)))
        {
            context.Decision.Say(AnswerPlace(context), Card.Of(Phrase.Key("intake.masked-health")), context.Actor);
        }

        if (said.Masked && !context.Decision.Tickets.Any(ticket => ticket.Evidence.Contains(RegisterQuery.MaskedCode)))
        {
            context.Decision.Say(AnswerPlace(context), Card.Of(Phrase.Key("intake.masked")), context.Actor);
        }
    }

    /// <summary>Words that mean the same whatever was asked: a command, help, a question for where things stand, the wish for a person.</summary>
    public static bool IsCommandOrQuestion(string text) =>
        TicketActions.Typed(text, null) is not null || Help().IsMatch(text) || MyTickets().IsMatch(text) || ShowTicket().IsMatch(text) || StatusQuestion().IsMatch(text) || Human().IsMatch(text)
        || OwnWords.NamesATicket(text);

    /// <summary>Thanks and greetings: never an answer that was not understood.</summary>
    public static bool IsSmallTalk(string text) => Thanks().IsMatch(text) || Hello().IsMatch(text);

    private static async ValueTask<bool> CommandAsync(string text, TurnContext context)
    {
        if (TicketActions.Typed(text, null) is { } command)
        {
            await command.Action.TakeAsync(context, command.Ticket);
            return true;
        }

        if (Help().IsMatch(text))
        {
            context.Decision.Answer = new Tell(Welcome.For(context.Actor, first: false));
            return true;
        }

        if (MyTickets().IsMatch(text))
        {
            context.Decision.Answer = new Tell(await StatusAnswer.ForAsync(context, null));
            return true;
        }

        if (Digest().IsMatch(text) && context.Actor.Is("manager"))
        {
            await DigestPost.AskedAsync(context);
            return true;
        }

        if (ShowTicket().Match(text) is { Success: true } match)
        {
            await new ShowAll().TakeAsync(context, match.Groups["ticket"].Value.ToUpperInvariant());
            return true;
        }

        return await CallLog.TypedAsync(text, context)
            || await CatalogueTalk.TypedAsync(text, context)
            || await Reviewing.CommandAsync(text, context)
            || await TriageReports.CommandAsync(text, context)
            || await ChannelBinding.CommandAsync(text, context);
    }

    private static async ValueTask<bool> PressedInWordsAsync(string text, TurnContext context, DeskBrain brain)
    {
        if (await TypedButton.InAsync(text, context, brain) is not { } button)
        {
            return false;
        }

        await Deciding.PressedAsync(new Pressed(button.Action, button.Data, new Dictionary<string, string>(StringComparer.Ordinal), null), context, brain);
        return true;
    }

    /// <summary>"yes, thanks" or "still broken" while a fix of theirs waits for an answer, or after an article seemed to help. A bare "thanks" settles nothing.</summary>
    private static async ValueTask<bool> VerifiedAsync(string text, Said said, TurnContext context)
    {
        var broken = StillBrokenWords().IsMatch(text);
        var works = !broken && WorksWords().IsMatch(text);
        if (!broken && !works)
        {
            return false;
        }

        var waiting = (await context.Snapshot.OpenTicketsOfAsync(context.Actor.Id)).Where(ticket => ticket.State == TicketState.Resolved).ToList();
        var meant = waiting.Find(ticket => ticket.Id == context.Conversation.Focus) ?? waiting.FirstOrDefault();
        if (meant is null && broken && context.Conversation.Focus is { } focus && await context.TicketAsync(focus) is { IsOpen: false } closed)
        {
            if (BackAfterArticle.IsOf(closed, context))
            {
                await BackAfterArticle.RegisterAsync(said with { Text = text }, closed, context);
                return true;
            }

            meant = closed.Type == "query" ? null : closed;
        }

        if (meant is null)
        {
            return false;
        }

        TicketAction action = works ? new ConfirmFix() : new StillBroken(text);
        await action.TakeAsync(context, meant.Id);
        return true;
    }

    private static async ValueTask<bool> AskedOrGreetedAsync(string text, Said said, TurnContext context)
    {
        // The patterns catch the plain cases without a doubt; the model, where it is sure, the many other ways to say it.
        var type = context.Reading.TypeOf(text);
        if (StatusQuestion().IsMatch(text) || type == "status")
        {
            context.KeepPrediction(text, null);
            context.Decision.Answer = new Tell(await StatusAnswer.ForAsync(context, text));
            return true;
        }

        if (Human().IsMatch(text) || type == "human")
        {
            await ReachPersonAsync(text, said, context);
            return true;
        }

        if (Thanks().IsMatch(text))
        {
            context.KeepPrediction(text, null);
            var waiting = (await context.Snapshot.OpenTicketsOfAsync(context.Actor.Id)).FirstOrDefault(ticket => ticket.State == TicketState.Resolved);
            context.Decision.Answer = new Tell(waiting is null
                ? Card.Of(Phrase.Key("smalltalk.thanks"))
                : new Card([new TextPart(Phrase.Key("smalltalk.thanks-verify", ("ticket", waiting.Id)))], Verification.Buttons(waiting)));
            return true;
        }

        if (Hello().IsMatch(text) || SmallTalk().IsMatch(text) || (type is "smalltalk" or "other" && said.Attachments.Count == 0 && !InFocus(context)))
        {
            context.KeepPrediction(text, null);
            context.Decision.Answer = new Tell(Welcome.For(context.Actor, first: false));
            return true;
        }

        if (type == "compliment" && said.Attachments.Count == 0)
        {
            await new PassOnCompliment(text, said.PostId).DecideAsync(context);
            return true;
        }

        return false;
    }

    private static async ValueTask ReachPersonAsync(string text, Said said, TurnContext context)
    {
        if (context.Conversation.Focus is { } focus && InFocus(context) && await context.TicketAsync(focus) is { IsOpen: true } ticket && ticket.Reporter == context.Actor.Id)
        {
            await new AskForPerson().TakeAsync(context, ticket.Id);
        }
        else
        {
            await new AskedForPerson(text, said.PostId).DecideAsync(context);
        }
    }

    private static async ValueTask ContinueOrBeginAsync(Said said, TurnContext context)
    {
        // Where a place has threads, the thread is the ticket; elsewhere a quoted or answered post says which one is meant.
        var meant = (said.RepliesTo ?? context.Place.Thread) is { } post ? await context.Snapshot.TicketOfPostAsync(context.Place.Channel, context.Place.Conversation, post) : null;
        if (meant is not null && await context.TicketAsync(meant) is { } quoted && Rights.Refusal(context.Actor, Right.Own, quoted, context.Desk) is null)
        {
            await AddAsync(said, Latest(quoted), context, asked: false);
            return;
        }

        if (context.Conversation.Focus is { } focus && InFocus(context) && await context.TicketAsync(focus) is { IsOpen: true } ticket && ticket.Reporter == context.Actor.Id && (IsSameBreath(ticket, context) || Continues(said, ticket, context)))
        {
            await AddAsync(said, ticket.Id, context, asked: context.Place.Thread is null && !IsSameBreath(ticket, context));
            return;
        }

        await new RegisterQuery(said.Text, said.PostId, said.Attachments) { Masked = said.Masked, HealthMasked = said.HealthMasked }.DecideAsync(context);
    }

    /// <summary>A converted query's words go to what it became, and those of one that was the same matter again to that.</summary>
    private static string Latest(Ticket ticket) => ticket.Links.LastOrDefault(link => link.Rel == "became" || (link.Rel == "duplicate-of" && ticket.Type == "query"))?.Id ?? ticket.Id;

    private static bool InFocus(TurnContext context) =>
        context.Place.Thread is not null || context.Now - context.Conversation.FocusedAt < context.Desk.Policies.Intake.Focus;

    /// <summary>People type a thought in pieces: what comes within a moment, before anything is logged, is one message.</summary>
    private static bool IsSameBreath(Ticket ticket, TurnContext context) =>
        ticket.Type == "query" && context.Now - context.Conversation.FocusedAt < context.Desk.Policies.Intake.SameBreath;

    /// <summary>
    /// Whether words go on about the ticket in focus. In a thread, and while the team waits for an answer, they always do.
    /// Elsewhere a text that clearly reports or asks for something of another category is a matter of its own.
    /// </summary>
    private static bool Continues(Said said, Ticket ticket, TurnContext context)
    {
        if (context.Place.Thread is not null || ticket.State == TicketState.WaitingUser || ticket.ApprovalQuestioned || said.Text.Length == 0 || said.Text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length < 4 || GoesOn().IsMatch(said.Text))
        {
            return true;
        }

        var read = context.Reading.Read(said.Text, context.Desk, context.Now, context.Zone, context.Offer.MayOrder);
        var another = read is { Sure: true, Type: "incident" or "request" or "question" or "complaint" or "idea" } && read.Category is not (null or "other");
        if (read.Item is not null && read.Item.Id != ticket.Item)
        {
            return false;
        }

        return !another || (read.Category == ticket.Category && read.Type == (ticket.Prediction?.Type ?? read.Type));
    }

    private static async ValueTask AddAsync(Said said, string ticket, TurnContext context, bool asked)
    {
        TicketAction action = (await context.TicketAsync(ticket)) is { IsOpen: true, Type: "query" }
            ? new ExtendQuery(said.Text, said.PostId, said.Attachments)
            : new AddMessage(said.Text, said.PostId, said.Attachments);
        await action.TakeAsync(context, ticket);
        context.Focus(ticket);
        if (asked && context.Decision.Answer is Nothing && context.Decision.LastText(ticket) is { } text)
        {
            var data = new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = ticket, ["text"] = text };
            context.Decision.Answer = new Tell(new Card([new TextPart(Phrase.Key("message.added", ("ticket", ticket)))], [new Button(Phrase.Key("button.new-issue"), "new-issue", data)]));
        }
    }

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\W*(help|hilfe|menu|start|what can you do|commands|\?)\W*$", Quick, 2000)]
    private static partial Regex Help();

    [GeneratedRegex(@"^\W*(my tickets|meine tickets|my requests|status|list my tickets|show my tickets)\W*$", Quick, 2000)]
    private static partial Regex MyTickets();

    [GeneratedRegex(@"^\W*digest\W*$", Quick, 2000)]
    private static partial Regex Digest();

    [GeneratedRegex(@"^\W*((show|status( of)?|any (news|update) (on|about)|what about|how about)\s+)?(?<ticket>(QRY|INC|REQ|CMP|IDEA)-\d{1,12})(\s+(status|news|update))?\W*$", Quick, 2000)]
    private static partial Regex ShowTicket();

    [GeneratedRegex(@"^\s*((what|how) about (my|the|our)\b|any (news|update|progress)\b|(is there|what'?s|what is) (any |the )?(news|status|update|progress)\b|(status|update) (of|on|for)\b|where (is|are) (my|the) (ticket|request|order|laptop)|(and |so )?how (long|much longer) (will|does|is) (it|this|that|(my|the) [\w -]{2,30}?)( still| going to)* (take|be|need)\W*$|when can i expect\b.{0,30}\b(an? (answer|fix|reply)|it|this)\b|(und )?wie lange (dauert|braucht|brauchen) (es|das|ihr|sie)( denn| noch| wohl| etwa)*( mit (dem|der|den|meine[mrn]) [\w -]{2,30})?\W*$|when (will|is|does) (my|the|it)\b.{0,60}\b(fixed|ready|done|arrive|delivered|working)|how is (my|the)\b.{0,40}\b(going|coming along)|was ist mit|gibt es (neuigkeiten|was neues)|wie steht es|wie weit (seid ihr|sind sie|ist)|wann (ist|kommt|wird|bekomme ich)\b.{0,60}\b(meine?[nrms]?|fertig|repariert|geliefert|behoben|gelöst)\b|(hey |hi |hello |hallo )?(did|has|have|hat) (anyone|anybody|someone|somebody|you|schon jemand|jemand)\b.{0,40}\b(my|mein\w*) (ticket|request|order|issue|anfrage|anliegen|bestellung)|is (my|the) [\w -]{2,30} (ready|done|fixed|repaired|approved|shipped)\b|(i'?m |i am )?(still )?waiting (for|on) (an? )?(answer|reply|response|news|feedback)\b.{0,20}\b(on|to|about|regarding) my\b|ich warte (noch|immer noch|weiterhin)\b.{0,30}\b(antwort|rückmeldung))", Quick, 2000)]
    private static partial Regex StatusQuestion();

    [GeneratedRegex(@"^\W*((i (want|need|would like|'d like) to |can i |could i |let me |please let me |may i )?(talk|speak|chat)( to| with)? (a |an |some ?|the )?(real )?(person|human|agent|somebody|someone|people|body)|(a |real )?(human|person|agent)( please)?|(connect|transfer|put) me (to|through)( to)? (a|an|some).{0,12}(person|human|agent|body|one)|(einen? )?(mensch(en)?|mitarbeiter)( bitte)?|ich (möchte|will) mit (einem|jemand\w*).{0,20}(sprechen|reden)|mit einem menschen sprechen|ich (brauche|bräuchte|hätte gern)( mal| bitte)* (jemanden|einen menschen|einen mitarbeiter)( am telefon| am apparat| zum reden)?|(please |bitte )?(can|could) (some(body|one)|you) (please )?(call|ring|phone) me( back)?)([\s,]+(please|now|instead|bitte|jetzt))*\W*$", Quick, 2000)]
    private static partial Regex Human();

    [GeneratedRegex(@"^\W*(ok(ay)?|cool|great|perfect|super|alright|thx|thanks|thank you|thanks a lot|many thanks|ty|cheers|danke( schön| dir| sehr)?|vielen dank|👍|🙏|❤️|got it|fine)([\s,.!]+(ok(ay)?|cool|super|perfect|mate|man|guys|folks|buddy|friend|dir|euch|ihnen|works( now| again)?|thanks|thank you|so much|a lot|very much|great|danke|again|everyone|all|team|bot|for (your|the|all your) (quick |great |kind |fast )?(help|support|reply|answer)|much appreciated|für (die|ihre|deine) (schnelle |tolle )?hilfe))*\W*$", Quick, 2000)]
    private static partial Regex Thanks();

    [GeneratedRegex(@"^\W*((ha)+h?|(he)+h|lol|rofl|lmao|:-?\)|how are you( doing)?( today)?|who am i (talking|speaking|chatting|writing) (to|with)|what are you|what('s| is) your name|wie hei(ß|ss)t du|how('s| is) it going|what'?s up|(nice|pleased) to meet you|are you (a )?(bot|human|robot|real)|who are you|tell me a joke|have a (nice|good|great) (day|weekend|evening|one)|(see you|bye|goodbye|good night|tschüss?|ciao|schönen (tag|feierabend|abend)|schönes wochenende)|wie geht'?s( dir| ihnen)?( heute)?|wer bist du|never mind|no worries|no problem|alles gut|kein problem|test(ing)?|ping)([\s,.!]+(bot|there|you too|today|thanks|all|everyone))*\W*$", Quick, 2000)]
    private static partial Regex SmallTalk();

    /// <summary>"It would be great if …" begins like more about the same and is a wish of its own.</summary>
    [GeneratedRegex(@"^\W*(?!(it|that|es|das)\s+(would|wäre)\s+(be\s+)?\w+,?\s+(if|to|wenn)\b)(and|also|but|it|its|it's|that|they|this|still|plus|ps|p\.s\.|sorry|actually|i mean|i meant|eigentlich|ich mein(t)?e|or|because|since|und|auch|es|das|außerdem|nachtrag)\b", Quick, 2000)]
    private static partial Regex GoesOn();

    [GeneratedRegex(@"^\W*(hi|hello|hey|hallo|moin|servus|good (morning|afternoon|evening|day)|guten (morgen|tag|abend))([\s,.!]+(there|bot|desk|team|all|everyone|zusammen))*\W*$", Quick, 2000)]
    private static partial Regex Hello();

    [GeneratedRegex(@"^\W*(no\b.{0,30}|(it|that|this|es|das)('s| is| does)? )?(still (broken|not working|(is|does|wo)(n'?t| not)\b|down|the same|happening|dropping|bad)|not (fixed|working|solved|resolved)|doesn'?t work|does not work|broken again|happening again|same problem|geht (immer )?noch nicht|geht nicht|immer noch (kaputt|nicht))", Quick, 2000)]
    private static partial Regex StillBrokenWords();

    [GeneratedRegex(@"^\W*(yes\b|yep\b|yeah\b|ja\b|(it('s| is)? )?(works|working|fixed|solved|resolved)\b( now| again| fine)?|all good|geht wieder|funktioniert( wieder)?)(?!.*\b(but|however|except|only|aber|nur)\b)[^?]{0,60}$", Quick, 2000)]
    private static partial Regex WorksWords();
}
