using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>What Slack calls. Verifies, translates, accepts, answers; the work comes afterwards.</summary>
public sealed partial class SlackEndpoints(
    SlackEvents events,
    SlackInteractions interactions,
    SlackCommands commands,
    SlackIntake intake,
    SlackAnswers answers,
    SlackIdentity identity,
    SlackPeople people,
    IOptions<SlackOptions> options,
    TimeProvider clock,
    ILogger<SlackEndpoints> logger)
{
    private const int LargestBody = 256 * 1024;

    /// <summary>How long Slack is asked who and where somebody is; it wants its acknowledgement after three seconds, and most of them belong to the store.</summary>
    private static readonly TimeSpan Questions = TimeSpan.FromSeconds(1.2);

    /// <summary>How long a sent modal may stand open before it is answered; Slack gives up after three seconds.</summary>
    private static readonly TimeSpan ModalPatience = TimeSpan.FromSeconds(2.5);

    public Task<IResult> EventsAsync(HttpRequest request) => VerifiedAsync(request, async (body, deadline) =>
    {
        var envelope = Parse(body);
        switch (envelope.Text("type"))
        {
            case "url_verification":
                return envelope.Text("challenge") is { } challenge ? Results.Text(challenge) : Results.BadRequest();
            case "event_callback":
                var bot = await BotAsync(envelope, deadline);
                var names = await people.NamesAsync(SlackEvents.Mentioned(envelope, bot), deadline);
                return events.Translate(envelope, bot, names) is { } turn ? await AcceptAsync(new SlackDelivery(turn), deadline) : Results.Ok();
            case "app_rate_limited":
                LogRateLimited();
                return Results.Ok();
            case null:
                return Results.BadRequest();
            default:
                return Results.Ok();
        }
    });

    public Task<IResult> InteractivityAsync(HttpRequest request)
    {
        var arrived = clock.GetTimestamp();
        return VerifiedAsync(request, async (body, deadline) =>
        {
            var payload = Form(body).TryGetValue("payload", out var values) ? Parse(Encoding.UTF8.GetBytes(values.ToString())) : default;
            if (payload.Text("type") is not { } type)
            {
                return Results.BadRequest();
            }

            if (type == "block_suggestion")
            {
                return Results.Json(new { options = Array.Empty<string>() });
            }

            var mentioned = type == "message_action" ? SlackText.Mentioned(payload.Part("message").Text("text"), null) : [];
            var names = await people.NamesAsync(mentioned, deadline);
            return interactions.Translate(payload, names) is not { } delivery ? Results.Ok()
                : type == "view_submission" ? await AnswerModalAsync(delivery, arrived, deadline)
                : await AcceptAsync(delivery, deadline);
        });
    }

    public Task<IResult> CommandsAsync(HttpRequest request) => VerifiedAsync(request, async (body, deadline) =>
        commands.Translate(Form(body)) is { } delivery ? await AcceptAsync(delivery, deadline) : Results.BadRequest());

    private async Task<IResult> AcceptAsync(SlackDelivery delivery, CancellationToken deadline)
    {
        var (turn, received) = await intake.TakeAsync(delivery.Turn, deadline);
        if (received.IsNew)
        {
            answers.DeliverWhenDecided(received.Answer, delivery with { Turn = turn });
        }

        return Results.Ok();
    }

    private async Task<IResult> AnswerModalAsync(SlackDelivery delivery, long arrived, CancellationToken deadline)
    {
        var (turn, received) = await intake.TakeAsync(delivery.Turn, deadline);
        delivery = delivery with { Turn = turn };
        var patience = ModalPatience - clock.GetElapsedTime(arrived);
        try
        {
            var answer = await received.Answer.WaitAsync(patience > TimeSpan.Zero ? patience : TimeSpan.Zero, clock, CancellationToken.None);

            // A second delivery gets the same body; what is delivered beside it was delivered the first time.
            return (received.IsNew || answer is FieldErrors or ShowForm) && answers.InModal(answer, delivery) is { } body
                ? Results.Text(body.ToJsonString(), "application/json")
                : Results.Ok();
        }
        catch (TimeoutException)
        {
            if (received.IsNew)
            {
                answers.DeliverWhenDecided(received.Answer, delivery with { ViewId = null });
            }

            return Results.Ok();
        }
    }

    /// <summary>Needed to tell a post to the desk from one it only hears; real deliveries name it, others make us ask.</summary>
    private async Task<SlackBot?> BotAsync(JsonElement envelope, CancellationToken deadline)
    {
        if (SlackEvents.BotOf(envelope) is { } named)
        {
            identity.Learn(named);
            return named;
        }

        try
        {
            return await identity.AskAsync(deadline);
        }
        catch (OperationCanceledException) when (deadline.IsCancellationRequested)
        {
            return null;
        }
    }

    private async Task<IResult> VerifiedAsync(HttpRequest request, Func<byte[], CancellationToken, Task<IResult>> take)
    {
        if (await ReadAsync(request) is not { } body)
        {
            return Results.StatusCode(StatusCodes.Status413PayloadTooLarge);
        }

        if (!SlackSignature.Holds(body, Header("X-Slack-Request-Timestamp"), Header("X-Slack-Signature"), options.Value.SigningSecret, clock.GetUtcNow()))
        {
            LogForged(request.Path);
            return Results.Unauthorized();
        }

        using var deadline = new CancellationTokenSource(Questions, clock);
        try
        {
            return await take(body, deadline.Token);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidDataException)
        {
            LogUnreadable(request.Path, unreadable.GetType().Name);
            return Results.BadRequest();
        }
        catch (TooManyDeliveriesException flood)
        {
            return TooMany.Answer(request.HttpContext.Response, flood);
        }
        catch (StoreUnavailableException down)
        {
            LogStoreDown(down, request.Path);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }

        string? Header(string name) => request.Headers[name] is [var value] ? value : null;
    }

    /// <summary>The raw bytes; <c>null</c> when there are too many.</summary>
    private static async Task<byte[]?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > LargestBody)
        {
            return null;
        }

        var read = await request.BodyReader.ReadAtLeastAsync(LargestBody + 1, request.HttpContext.RequestAborted);
        var body = read.Buffer.Length > LargestBody ? null : read.Buffer.ToArray();
        request.BodyReader.AdvanceTo(read.Buffer.End);
        return body;
    }

    private static JsonElement Parse(byte[] json) => JsonElement.Parse(json);

    private static Dictionary<string, StringValues> Form(byte[] body) => QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));

    [LoggerMessage(3121, LogLevel.Warning, "A request to {Path} was refused: its signature does not hold, or its time is off by more than five minutes")]
    private partial void LogForged(string path);

    [LoggerMessage(3122, LogLevel.Warning, "A signed request to {Path} could not be read ({Reason})")]
    private partial void LogUnreadable(string path, string reason);

    [LoggerMessage(3123, LogLevel.Error, "A delivery to {Path} was not stored; Slack is told to send it again")]
    private partial void LogStoreDown(Exception down, string path);

    [LoggerMessage(3124, LogLevel.Warning, "Slack limits this app's events: more than 30,000 came within an hour, and some were dropped")]
    private partial void LogRateLimited();
}
