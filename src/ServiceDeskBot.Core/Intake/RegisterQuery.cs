using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Tickets.Cards;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Free text becomes a query: numbered, read, shown back to the person as one card, and never forgotten should they say no more.</summary>
public sealed record RegisterQuery(string Words, string? Post, IReadOnlyList<Attachment> Attachments)
{
    /// <summary>Who the matter is about when it is somebody else; <c>null</c>: the actor.</summary>
    public string? Affected { get; init; }

    /// <summary>True when secrets were taken out of the words: the card warns the person.</summary>
    public bool Masked { get; init; }

    /// <summary>True when words about somebody's health were taken out.</summary>
    public bool HealthMasked { get; init; }

    /// <summary>True: one matter, whatever it looks like; the person said so.</summary>
    public bool Whole { get; init; }

    /// <summary>The message that held these words beside others, so that its edits reach them; <c>null</c> where they are a message of their own.</summary>
    public string? PartOf { get; init; }

    /// <summary>The evidence codes that stand for it on the query.</summary>
    public const string MaskedCode = "masked";
    public const string HealthCode = "masked-health";

    /// <summary>The name of the dialog that takes typed answers to the card; lies in the dialogs project.</summary>
    public const string Dialog = "intake";

    public async ValueTask<Ticket> DecideAsync(TurnContext turn)
    {
        var understood = turn.Reading.Read(Words, turn.Desk, turn.Now, turn.Zone, turn.Offer.MayOrder);
        understood = Whole ? understood with { Parts = [] } : understood;
        if (understood.Restricted && turn.Place.Kind != PlaceKind.Personal)
        {
            return await InOwnChatAsync(turn);
        }

        var colleague = Affected is null && understood.Type is "incident" or "request" or "question" ? await OnBehalf.InAsync(Forwarded.WhatMatters(Words), turn) : null;
        var affected = Affected ?? colleague?.Person?.Id ?? turn.Actor.Id;
        understood = colleague is { Person: null } ? understood : await SameAgain.AskedAsync(turn, understood, affected, Words);
        var id = await turn.NewIdAsync("QRY");
        var description = turn.Decision.Keep(id, "description", turn.Actor.Id, "user", Words, Post ?? PartOf);
        var query = turn.Decision.Begin(
            new Registered(id, "query", turn.Actor.Id, affected, turn.Place.Channel) { At = turn.Now, By = turn.Actor.Id, Opened = turn.Now, Text = description },
            Summaries.Of(Forwarded.WhatMatters(Words)));
        var classified = await understood.ToEvent(turn.Now).RoutedAsync(turn, turn.Actor.Id, Words);
        query = turn.Decision.Apply(query, classified with
        {
            Evidence = [.. classified.Evidence, .. Masked ? [MaskedCode] : Array.Empty<string>(), .. HealthMasked ? [HealthCode] : Array.Empty<string>(), .. colleague is null ? Array.Empty<string>() : [OnBehalf.Code]],
        });
        KeepParts(turn, id, understood);
        turn.KeepPrediction(Words, id);
        foreach (var file in Attachments)
        {
            var text = turn.Decision.Keep(id, "attachment", turn.Actor.Id, "user", file.Url is null ? file.Name : $"{file.Name} {file.Url}");
            query = turn.Decision.Apply(query, new Attached(file.Name) { At = turn.Now, By = turn.Actor.Id, Text = text });
        }

        turn.Decision.Hang(id, MirrorKind.Requester, AnswerPlace(turn.Place, Post), turn.Actor);
        if (Post is not null)
        {
            turn.Decision.Add(new TiePost(turn.Place.Channel, turn.Place.Conversation, turn.Place.Thread ?? Post, id));
        }

        var intake = turn.Desk.Policies.Intake;
        turn.Decision.Add(new SetTimer(id, TimerKinds.Unconfirmed, turn.Now + (query.Priority <= 2 || query.Restricted ? intake.UnconfirmedUrgent : intake.Unconfirmed)));
        turn.Focus(id);
        turn.Begin(DialogFrame.Of(Dialog, 1, new IntakeState(id), turn.Now));
        if (colleague is { Person: null } && query.Asks is null && query is { Priority: >= 3, Restricted: false })
        {
            turn.Open(DialogFrame.Of(NameAffected.Dialog, 1, new BehalfState(id), turn.Now));
        }

        if (query.Asks is not null)
        {
            turn.Begin(DialogFrame.Of(ClarifyQuery.Dialog, 1, new ClarifyState(id), turn.Now));
        }

        return query;
    }

    /// <summary>What only a closed circle may see is talked about in the person's own chat; where they asked stands a word that says so.</summary>
    private async ValueTask<Ticket> InOwnChatAsync(TurnContext turn)
    {
        var own = await turn.InOwnChatAsync();
        var query = await DecideAsync(own);
        turn.KeepOwnChat(own);
        if (Post is not null)
        {
            turn.Decision.Add(new TiePost(turn.Place.Channel, turn.Place.Conversation, turn.Place.Thread ?? Post, query.Id));
        }

        turn.Decision.Say(AnswerPlace(turn.Place, Post), LeftCard.InOwnChat, turn.Actor);
        return query;
    }

    /// <summary>The separate matters that were seen, in rows of their own: a ticket's state holds no words.</summary>
    internal static void KeepParts(TurnContext turn, string query, Understanding understood)
    {
        foreach (var part in understood.Parts)
        {
            turn.Decision.Keep(query, SplitQuery.PartKind, turn.Actor.Id, "user", part);
        }
    }

    /// <summary>In a channel the answer goes into the thread of the question.</summary>
    public static Place AnswerPlace(Place place, string? post) => place.Kind == PlaceKind.Channel && place.Thread is null ? place with { Thread = post } : place;
}

/// <summary>The query whose card waits for an answer.</summary>
public sealed record IntakeState(string Query);

/// <summary>The query whose clarifying question waits for an answer.</summary>
public sealed record ClarifyState(string Query);
