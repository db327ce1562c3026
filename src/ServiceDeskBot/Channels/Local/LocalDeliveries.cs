using System.Text.RegularExpressions;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Desk.Content;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Channels.Local;

/// <summary>Translates what a browser sends into turns, and the desk's answers into what it shows.</summary>
internal sealed partial class LocalDeliveries(LocalPosts posts, CurrentDesk desk, ITurns turns, HtmlCardRenderer cards, TimeProvider clock)
{
    private const int MostAttachments = 10;

    public async Task<IResult> SaidAsync(SaidRequest said, CancellationToken cancellationToken)
    {
        if (await FaultInAsync(said, cancellationToken) is { } fault)
        {
            return LocalAnswers.Fault(StatusCodes.Status400BadRequest, fault);
        }

        var from = SenderOf(said);
        var place = LocalPlaces.At(said.Conversation, said.Thread);
        var post = new LocalPost(said.Id, place.Conversation, place.Thread, from.Account, from.Name, Masking.Of(said.Text).Text, Html: null, clock.GetUtcNow())
        {
            RepliesTo = said.RepliesTo,
            Attachments = [.. said.Attachments.Select(file => new Attachment(file.Name, file.ContentType ?? "", Url: null, file.Bytes))],
        };
        await posts.AddAsync(post, cancellationToken);

        var addressed = place.Kind == PlaceKind.Personal || DeskMention().IsMatch(said.Text);
        var words = place.Kind == PlaceKind.Personal ? said.Text : DeskMention().Replace(said.Text, "").Trim();
        var input = new Said(words, post.Id) { Addressed = addressed, RepliesTo = post.RepliesTo, Attachments = post.Attachments };
        var received = await HandInAsync("said", said, place, from, input, cancellationToken);
        return Show(await received.Answer.WaitAsync(cancellationToken));
    }

    public async Task<IResult> PressedAsync(PressedRequest pressed, CancellationToken cancellationToken)
    {
        var card = pressed.PostId is null ? null : await posts.FindAsync(pressed.PostId, cancellationToken);
        if (await FaultInAsync(pressed, card, cancellationToken) is { } fault)
        {
            return LocalAnswers.Fault(StatusCodes.Status400BadRequest, fault);
        }

        // As in Teams: whatever is pressed on a channel post belongs to the thread under it.
        var place = LocalPlaces.At(pressed.Conversation, card is null ? pressed.Thread : card.Thread ?? card.Id);
        var input = new Pressed(pressed.Action, pressed.Data, pressed.Fields, pressed.PostId);
        var received = await HandInAsync("pressed", pressed, place, SenderOf(pressed), input, cancellationToken);
        var answer = await received.Answer.WaitAsync(cancellationToken);
        var reply = LocalAnswers.Render(answer, cards, pressed.Fields);

        // A repeated delivery gets the old answer; the card may have moved on since.
        if (answer is ShowCard && card is not null && received.IsNew)
        {
            await posts.ReplaceCardAsync(card.Conversation, card.Id, reply.Html!, cancellationToken);
        }

        return Results.Json(reply, LocalJson.Options);
    }

    public async Task<IResult> EditedAsync(EditedRequest edited, CancellationToken cancellationToken)
    {
        var post = await posts.FindAsync(edited.PostId, cancellationToken);
        if ((FaultIn(edited) ?? FaultInOwn(post, edited.As) ?? (string.IsNullOrWhiteSpace(edited.Text) ? "A message needs words." : null)) is { } fault)
        {
            return LocalAnswers.Fault(StatusCodes.Status400BadRequest, fault);
        }

        await posts.EditAsync(edited.PostId, Masking.Of(edited.Text).Text, clock.GetUtcNow(), cancellationToken);
        var received = await HandInAsync("edited", edited, PlaceOf(post!), SenderOf(edited), new Edited(edited.PostId, edited.Text), cancellationToken);
        return Show(await received.Answer.WaitAsync(cancellationToken));
    }

    public async Task<IResult> DeletedAsync(DeletedRequest deleted, CancellationToken cancellationToken)
    {
        var post = await posts.FindAsync(deleted.PostId, cancellationToken);
        if ((FaultIn(deleted) ?? FaultInOwn(post, deleted.As)) is { } fault)
        {
            return LocalAnswers.Fault(StatusCodes.Status400BadRequest, fault);
        }

        await posts.DeleteAsync(deleted.PostId, cancellationToken);
        var received = await HandInAsync("deleted", deleted, PlaceOf(post!), SenderOf(deleted), new Deleted(deleted.PostId), cancellationToken);
        return Show(await received.Answer.WaitAsync(cancellationToken));
    }

    public async Task<IResult> ArrivedAsync(ArrivedRequest arrived, CancellationToken cancellationToken)
    {
        if (FaultIn(arrived) is { } fault)
        {
            return LocalAnswers.Fault(StatusCodes.Status400BadRequest, fault);
        }

        var place = LocalPlaces.At(LocalPlaces.ChatOf(arrived.As), thread: null);

        // Without the browser's id: a person arrives once, from whichever tab.
        var turn = new Turn($"local:{place.Conversation}:arrived", place, SenderOf(arrived), new Arrived(), clock.GetUtcNow());
        var received = await turns.AcceptAsync(turn, cancellationToken);
        return Show(await received.Answer.WaitAsync(cancellationToken));
    }

    private IResult Show(Answer answer) => Results.Json(LocalAnswers.Render(answer, cards), LocalJson.Options);

    private Task<Received> HandInAsync(string kind, ILocalRequest request, Place place, Sender from, TurnInput input, CancellationToken cancellationToken) =>
        turns.AcceptAsync(new Turn($"local:{place.Conversation}:{from.Account}:{kind}:{request.Id}", place, from, input, clock.GetUtcNow()), cancellationToken);

    private static Place PlaceOf(LocalPost post) => LocalPlaces.At(post.Conversation, post.Thread);

    /// <summary>Only the demo desk's own people have an address that anybody vouches for.</summary>
    private Sender SenderOf(ILocalRequest request) => LocalPlaces.Known(desk.Content, request.As) is { } known
        ? new Sender(request.As, known.Name, known.Email, OrNone(known.Locale), OrNone(known.Zone))
        : new Sender(request.As, request.Name!.Trim());

    private static string? OrNone(string said) => said.Length == 0 ? null : said;

    private async Task<string?> FaultInAsync(SaidRequest said, CancellationToken cancellationToken)
    {
        if ((FaultIn(said) ?? FaultInPlace(said.Conversation, said.As)) is { } fault)
        {
            return fault;
        }

        if (said.Attachments.Count > MostAttachments || said.Attachments.Any(file => file is null || file.Name.Length is 0 or > 255 || file.ContentType?.Length > 255 || file.Bytes < 0))
        {
            return $"At most {MostAttachments} files, each with a name.";
        }

        if (string.IsNullOrWhiteSpace(said.Text) && said.Attachments.Count == 0)
        {
            return "A message needs words or a file.";
        }

        if (await posts.FindAsync(said.Id, cancellationToken) is { } sameId && (sameId.Author != said.As || sameId.Conversation != said.Conversation))
        {
            return "This id belongs to another message.";
        }

        return await FaultInThreadAsync(said.Conversation, said.Thread, cancellationToken)
            ?? (said.RepliesTo is not null && (await posts.FindAsync(said.RepliesTo, cancellationToken))?.Conversation != said.Conversation
                ? "The quoted message is not here."
                : null);
    }

    private async Task<string?> FaultInAsync(PressedRequest pressed, LocalPost? card, CancellationToken cancellationToken)
    {
        if ((FaultIn(pressed) ?? FaultInPlace(pressed.Conversation, pressed.As)) is { } fault)
        {
            return fault;
        }

        if (pressed.Action.Length is 0 or > 100 || pressed.Data.Values.Concat(pressed.Fields.Values).Any(value => value is null))
        {
            return "A button has an action, and values that are texts.";
        }

        if (pressed.PostId is not null && card?.Conversation != pressed.Conversation)
        {
            return "The message with this card is not here.";
        }

        return await FaultInThreadAsync(pressed.Conversation, pressed.Thread, cancellationToken);
    }

    private string? FaultIn(ILocalRequest request)
    {
        if (!RequestId().IsMatch(request.Id))
        {
            return "An id has 8 to 64 letters, digits or dashes.";
        }

        if (!LocalPlaces.IsAccount(request.As))
        {
            return "An account has 1 to 40 lower-case letters, digits, dots, dashes or underscores.";
        }

        return LocalPlaces.Known(desk.Content, request.As) is null && request.Name?.Trim().Length is not (> 0 and <= 80)
            ? "Somebody new needs a name of at most 80 characters."
            : null;
    }

    private string? FaultInPlace(string conversation, string account)
    {
        if (!LocalPlaces.Exists(desk.Content, conversation))
        {
            return "There is no such channel.";
        }

        return LocalPlaces.IsChat(conversation) && conversation != LocalPlaces.ChatOf(account) ? "This is somebody else's chat." : null;
    }

    private async Task<string?> FaultInThreadAsync(string conversation, string? thread, CancellationToken cancellationToken)
    {
        if (thread is null)
        {
            return null;
        }

        var root = await posts.FindAsync(thread, cancellationToken);
        return root is null || root.Conversation != conversation || root.Thread is not null ? "There is no such thread." : null;
    }

    private static string? FaultInOwn(LocalPost? post, string account) =>
        post is null || post.Author != account ? "This is not a message of yours." : null;

    [GeneratedRegex(@"\A[A-Za-z0-9-]{8,64}\z", RegexOptions.NonBacktracking)]
    private static partial Regex RequestId();

    /// <summary>The desk named in a channel, alone or among other words.</summary>
    [GeneratedRegex(@"\B@desk\b[,:]?\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex DeskMention();
}
