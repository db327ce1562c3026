using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Channels.Teams.Activities;
using ServiceDeskBot.Channels.Teams.Callers;
using ServiceDeskBot.Channels.Teams.Connector;
using ServiceDeskBot.Channels.Teams.Invokes;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Channels.Teams;

/// <summary><c>POST /api/messages</c>: who calls, is it readable, may they, and then to the desk.</summary>
internal sealed class MessagesEndpoint(
    CallerCheck callers,
    TrustedServiceUrls trusted,
    KnownServiceUrls serviceUrls,
    IOptions<TeamsOptions> options,
    ActivityTurns activityTurns,
    CardActions cardActions,
    MessageActions messageActions,
    TaskDialogs dialogs,
    ILogger<MessagesEndpoint> logger)
{
    public const int LargestBody = 256 * 1024;

    public async Task<IResult> HandleAsync(HttpContext context)
    {
        var request = context.Request;
        if (!HttpMethods.IsPost(request.Method))
        {
            context.Response.Headers.Allow = HttpMethods.Post;
            return Results.StatusCode(StatusCodes.Status405MethodNotAllowed);
        }

        try
        {
            return await ReceiveAsync(request, context.RequestAborted);
        }
        catch (UnreadableActivityException exception)
        {
            return Refuse(StatusCodes.Status400BadRequest, exception.Message);
        }
        catch (BadHttpRequestException exception)
        {
            return Refuse(exception.StatusCode, exception.Message);
        }
        catch (SigningKeysUnavailableException exception)
        {
            return Refuse(StatusCodes.Status503ServiceUnavailable, exception.Message);
        }
        catch (TooManyDeliveriesException exception)
        {
            return TooMany.Answer(context.Response, exception);
        }
        catch (StoreUnavailableException exception)
        {
            logger.StoreUnavailable(context.TraceIdentifier, exception);
            return Results.StatusCode(StatusCodes.Status503ServiceUnavailable);
        }
    }

    private async Task<IResult> ReceiveAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > LargestBody)
        {
            return Refuse(StatusCodes.Status413PayloadTooLarge, "the body is over 256 KiB");
        }

        if (!request.HasJsonContentType())
        {
            return Refuse(StatusCodes.Status415UnsupportedMediaType, "the body is not application/json");
        }

        var caller = await callers.IdentifyAsync(request, cancellationToken);
        if (caller is Caller.Stranger stranger)
        {
            return Refuse(StatusCodes.Status401Unauthorized, stranger.Reason);
        }

        var activity = await ReadAsync(request, cancellationToken);
        if (caller is Caller.Channel channel && channel.Objection(activity) is { } unauthorized)
        {
            return Refuse(StatusCodes.Status401Unauthorized, unauthorized);
        }

        if (Forbidden(activity) is { } forbidden)
        {
            return Refuse(StatusCodes.Status403Forbidden, forbidden);
        }

        if (activity.ServiceUrl is { } serviceUrl)
        {
            serviceUrls.Heard(activity.Tenant, serviceUrl);
        }

        return activity.Is("invoke") ? await InvokeAsync(activity, cancellationToken) : await TakeAsync(activity, cancellationToken);
    }

    private async Task<IResult> TakeAsync(Activity activity, CancellationToken cancellationToken)
    {
        if (!await activityTurns.TakeAsync(activity, cancellationToken))
        {
            logger.ActivityIgnored(OutgoingActivity.Shorten(activity.Type!, 50), null);
        }

        return Results.Ok();
    }

    private async Task<IResult> InvokeAsync(Activity activity, CancellationToken cancellationToken)
    {
        var response = activity switch
        {
            _ when activity.IsNamed("adaptiveCard/action") => await cardActions.AnswerAsync(activity, cancellationToken),
            _ when activity.IsNamed("task/fetch") => await dialogs.OpenAsync(activity, cancellationToken),
            _ when activity.IsNamed("composeExtension/fetchTask") => messageActions.Open(activity),
            _ when activity.IsNamed("composeExtension/submitAction") || activity.IsNamed("task/submit") => await messageActions.SubmitAsync(activity, cancellationToken),
            _ => InvokeResponse.NotHandled,
        };
        return response.Body is null ? Results.StatusCode(response.Status) : Results.Text(response.Body, "application/json", response.Status);
    }

    private static async Task<Activity> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        // Also stops a body that does not say its length.
        if (request.HttpContext.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = LargestBody;
        }

        try
        {
            // What is ignored is named in the log by its type, so that must be one line.
            return await JsonSerializer.DeserializeAsync(request.Body, ActivityJson.Default.Activity, cancellationToken) is { Type.Length: > 0 } activity && !activity.Type.Any(char.IsControl)
                ? activity
                : throw new UnreadableActivityException("type is missing, or not a word.");
        }
        catch (JsonException exception)
        {
            throw new UnreadableActivityException(exception.Path is { Length: > 1 } path ? $"{path} is not what the Activity protocol has there." : "The body is not a JSON object.");
        }
    }

    private string? Forbidden(Activity activity) =>
        options.Value.IsRegistered && !IsServed(activity) ? "the tenant is not served"
        : activity.ServiceUrl is { } serviceUrl && !trusted.Trusts(serviceUrl) ? "the service URL is not trusted"
        : null;

    /// <summary>Web Chat and Direct Line have no tenant; Teams always does.</summary>
    private bool IsServed(Activity activity) =>
        activity.Tenant is { } tenant ? options.Value.ServedTenants.Contains(tenant, StringComparer.OrdinalIgnoreCase) : !activity.IsTeams;

    private IResult Refuse(int status, string reason)
    {
        logger.ActivityRefused(status, reason);
        return status is StatusCodes.Status400BadRequest ? Results.Text(reason, statusCode: status) : Results.StatusCode(status);
    }
}
