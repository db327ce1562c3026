using System.Text.Json.Nodes;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>What the one who acted gets back at once: a modal, a word for their eyes only, the pressed card in its new shape.</summary>
public sealed partial class SlackAnswers(
    SlackApi api,
    SlackOutlet outlet,
    BlockKitRenderer renderer,
    Phrasebook phrases,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<SlackAnswers> logger)
{
    /// <summary>Nobody stores these answers, so a busy Slack is asked a few times more before the person is left without a word.</summary>
    private const int MostAttempts = 4;

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>Delivers in the background, as soon as the turn is decided: Slack has its acknowledgement already.</summary>
    public void DeliverWhenDecided(Task<Answer> decided, SlackDelivery delivery) => _ = DeliverAsync(decided, delivery);

    /// <summary>What a sent modal is answered with; <c>null</c> closes it, and the rest is delivered beside it.</summary>
    public JsonObject? InModal(Answer answer, SlackDelivery delivery)
    {
        switch (answer)
        {
            case FieldErrors faults when InputFaults(faults) is { Count: > 0 } errors:
                return new JsonObject { ["response_action"] = "errors", ["errors"] = errors };
            case ShowForm next:
                return new JsonObject { ["response_action"] = "update", ["view"] = Modal(next, delivery.Turn) };
            case Nothing:
                return null;
            default:
                DeliverWhenDecided(Task.FromResult(answer), delivery with { ViewId = null });
                return null;
        }
    }

    private async Task DeliverAsync(Task<Answer> decided, SlackDelivery delivery)
    {
        try
        {
            var answer = await decided;
            var reader = Reader.For(answer.Language, answer.Zone);
            var result = await SendAsync(answer, reader, delivery, lifetime.ApplicationStopping);
            for (var attempt = 1; result is SendResult.Later later && attempt < MostAttempts; attempt++)
            {
                var pause = later.After ?? TimeSpan.FromSeconds(attempt);
                await Task.Delay(pause < LongestPause ? pause : LongestPause, clock, lifetime.ApplicationStopping);
                result = await SendAsync(answer, reader, delivery, lifetime.ApplicationStopping);
            }

            if (result is not (null or SendResult.Sent))
            {
                LogNotDelivered(answer.GetType().Name, delivery.Turn.Key, result);
            }
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            LogStopped(delivery.Turn.Key);
        }
#pragma warning disable CA1031 // The boundary of a task that nobody awaits: a fault ends here, in the log.
        catch (Exception fault)
#pragma warning restore CA1031
        {
            LogFailed(fault, delivery.Turn.Key);
        }
    }

    private Task<SendResult?> SendAsync(Answer answer, Reader reader, SlackDelivery delivery, CancellationToken cancellationToken) => answer switch
    {
        Tell tell => TellAsync(tell.Card, reader, delivery, cancellationToken),
        ShowCard show => ReplaceAsync(show.Card, reader, delivery, cancellationToken),
        ShowForm form => OpenAsync(form, reader, delivery, cancellationToken),
        FieldErrors faults => TellAsync(AskAgain(faults, delivery.Turn.Input), reader, delivery, cancellationToken),
        _ => Task.FromResult<SendResult?>(null),
    };

    /// <summary>Where the platform allows it for their eyes only, else in their own conversation with the desk.</summary>
    private async Task<SendResult?> TellAsync(Card card, Reader reader, SlackDelivery delivery, CancellationToken cancellationToken)
    {
        var (place, account) = (delivery.Turn.Place, delivery.Turn.From.Account);
        if (place.Kind == PlaceKind.Personal)
        {
            return await outlet.PostAsync(place, card, reader, cancellationToken);
        }

        var whispered = await outlet.WhisperAsync(place, account, card, reader, cancellationToken);
        return whispered is SendResult.Sent or SendResult.Later
            ? whispered
            : await outlet.PostAsync(SlackPlaces.Personal(account, place.Organisation), card, reader, cancellationToken);
    }

    private async Task<SendResult?> ReplaceAsync(Card card, Reader reader, SlackDelivery delivery, CancellationToken cancellationToken)
    {
        if (delivery is { IsEphemeral: true, ResponseUrl: { } url })
        {
            var message = renderer.Render(card, reader);
            var body = new JsonObject { ["replace_original"] = true, ["text"] = message.Text, ["blocks"] = message.Blocks };
            if ((await api.RespondAsync(url, body, cancellationToken)).Ok)
            {
                return null;
            }
        }
        else if (delivery.Turn.Input is Pressed { PostId: { } post }
            && await outlet.UpdateAsync(delivery.Turn.Place, post, card, reader, cancellationToken) is SendResult.Sent changed)
        {
            return changed;
        }

        return await TellAsync(card, reader, delivery, cancellationToken);
    }

    private async Task<SendResult?> OpenAsync(ShowForm form, Reader reader, SlackDelivery delivery, CancellationToken cancellationToken)
    {
        var call = new JsonObject { ["view"] = Modal(form, delivery.Turn) };
        if (delivery.ViewId is { } view)
        {
            call["view_id"] = view;
        }
        else if (delivery.Turn.Trigger is { } trigger)
        {
            call["trigger_id"] = trigger;
        }
        else
        {
            return await TellAsync(WayToForm(form.Form, delivery.Turn.Input), reader, delivery, cancellationToken);
        }

        var reply = await api.SendAsync(delivery.ViewId is null ? "views.open" : "views.update", call, cancellationToken);
        if (reply.Ok)
        {
            return null;
        }

        LogFormNotOpened(reply.Error!, delivery.Turn.Key);
        return await TellAsync(WayToForm(form.Form, delivery.Turn.Input), reader, delivery, cancellationToken);
    }

    /// <summary>A press that came too late is offered again; where there was no press, the form itself is posted.</summary>
    private static Card WayToForm(Form form, TurnInput input) => input is Pressed { Fields.Count: 0 } pressed
        ? new Card([new TextPart(Phrase.Key("slack.form-late"))], [new Button(Phrase.Key("slack.form-open"), pressed.Action, pressed.Data) { Style = ButtonStyle.Primary }])
        : form.ToCard();

    /// <summary>A form whose faults were found when its modal was gone already: posted with them and with what was typed.</summary>
    private static Card AskAgain(FieldErrors faults, TurnInput input)
    {
        var parts = Filled.In(faults.Form.Parts, faults.Errors, (input as Pressed)?.Fields);
        return (faults.Form with { Parts = [.. parts] }).ToCard();
    }

    private JsonObject Modal(ShowForm form, Turn turn) =>
        SlackOrigin.Stamp(renderer.RenderModal(form.Form, Reader.For(form.Language, form.Zone)), turn);

    /// <summary>Slack shows a fault only beside an input of the open modal; one about anything else goes beside the first.</summary>
    private JsonObject InputFaults(FieldErrors faults)
    {
        var reader = Reader.For(faults.Language, faults.Zone);
        var inputs = faults.Form.Parts.OfType<InputPart>().Select(input => input.Id).ToList();
        var errors = new JsonObject();
        foreach (var (id, fault) in faults.Errors)
        {
            if ((inputs.Contains(id) ? id : inputs.FirstOrDefault()) is { } block)
            {
                errors[block] = phrases.Say(fault, reader);
            }
        }

        return errors;
    }

    [LoggerMessage(3111, LogLevel.Warning, "The answer {Answer} to {Turn} did not reach the person: {Result}")]
    private partial void LogNotDelivered(string answer, string turn, SendResult result);

    [LoggerMessage(3112, LogLevel.Warning, "The answer to {Turn} was not delivered: the desk is stopping")]
    private partial void LogStopped(string turn);

    [LoggerMessage(3113, LogLevel.Error, "Delivering the answer to {Turn} failed")]
    private partial void LogFailed(Exception fault, string turn);

    [LoggerMessage(3114, LogLevel.Information, "Slack did not open the form ({Error}) for {Turn}; a button that opens it was posted")]
    private partial void LogFormNotOpened(string error, string turn);
}
