using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Channels.Local;

/// <summary>
/// The console at <c>/</c>: a chat platform in the browser for trying the desk without any account.
/// It exists in Development only, since it lets anybody act as anybody; elsewhere all its addresses answer 404.
/// </summary>
public static class LocalChannel
{
    private const int LargestBody = 256 * 1024;

    public static IHostApplicationBuilder AddLocalChannel(this IHostApplicationBuilder builder)
    {
        if (builder.Environment.IsDevelopment())
        {
            var file = Path.Combine(Path.GetFullPath(builder.Configuration["Data:Path"] ?? "data"), "console.db");
            builder.Services.AddSingleton(_ => new LocalPosts(file));
            builder.Services.AddSingleton<HtmlCardRenderer>();
            builder.Services.AddSingleton<LocalFeed>();
            builder.Services.AddSingleton<LocalDeliveries>();
            builder.Services.AddSingleton<IOutlet, LocalOutlet>();
        }

        return builder;
    }

    public static WebApplication MapLocalChannel(this WebApplication app)
    {
        if (!app.Environment.IsDevelopment())
        {
            return app;
        }

        var console = app.MapGroup("").AddEndpointFilter<LocalDoor>().ExcludeFromDescription();
        console.MapGet("/", (HttpContext http) => LocalAssets.Serve("index.html", http));
        console.MapGet("/local/assets/{**path}", LocalAssets.Serve);
        console.MapGet("/local/state", StateAsync);
        console.MapGet("/local/events", Events);

        var deliveries = console.MapGroup("/local").WithMetadata(new RequestSizeLimitAttribute(LargestBody));
        deliveries.MapPost("/said", Take<SaidRequest>(deliver => deliver.SaidAsync));
        deliveries.MapPost("/pressed", Take<PressedRequest>(deliver => deliver.PressedAsync));
        deliveries.MapPost("/edited", Take<EditedRequest>(deliver => deliver.EditedAsync));
        deliveries.MapPost("/deleted", Take<DeletedRequest>(deliver => deliver.DeletedAsync));
        deliveries.MapPost("/arrived", Take<ArrivedRequest>(deliver => deliver.ArrivedAsync));
        return app;
    }

    /// <param name="chat">Accounts whose personal chats are shown; the channels always come along.</param>
    private static async Task<IResult> StateAsync([FromQuery] string[] chat, HttpContext http, LocalPosts posts, DeskContent desk)
    {
        var conversations = chat.Where(LocalPlaces.IsAccount).Take(10).Select(LocalPlaces.ChatOf)
            .Concat(LocalPlaces.ChannelsOf(desk).Select(room => room.Channel)).ToList();
        var (cursor, latest) = await posts.LatestAsync(conversations, http.RequestAborted);
        var writers = await posts.WritersAsync(http.RequestAborted);
        http.Response.Headers.CacheControl = "no-store";
        return Results.Json(
            new LocalState(
                cursor,
                LocalOutlet.DeskName,
                [.. desk.People.Select(person => PersonOf(person, desk)), .. writers.Where(writer => LocalPlaces.Known(desk, writer.Account) is null).Select(PersonOf)],
                [.. LocalPlaces.ChannelsOf(desk).Select(room => new LocalRoom(room.Channel, room.Team.Name, room.Team.Closed))],
                latest),
            LocalJson.Options);
    }

    private static LocalPerson PersonOf(KnownPerson person, DeskContent desk) => new(
        LocalPlaces.AccountOf(person),
        person.Name,
        desk.Teams.Any(team => team.Members.Contains(person.Id)) ? [.. person.Roles.Union(["agent"])] : person.Roles,
        person.Department,
        Known: true);

    private static LocalPerson PersonOf(LocalWriter writer) => new(writer.Account, writer.Name, [], "", Known: false);

    /// <summary>The browser says by <c>Last-Event-ID</c>, at first by <c>after</c>, what it has seen.</summary>
    private static IResult Events(HttpContext http, string? after, LocalFeed feed, IHostApplicationLifetime life)
    {
        var seen = http.Request.Headers["Last-Event-ID"].FirstOrDefault() ?? after;
        if (!long.TryParse(seen, NumberStyles.None, CultureInfo.InvariantCulture, out var cursor))
        {
            return LocalAnswers.Fault(StatusCodes.Status400BadRequest, "Say after which change.");
        }

        // A shutdown would otherwise wait for every open tab.
        var until = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, life.ApplicationStopping);
        http.Response.RegisterForDispose(until);
        return TypedResults.ServerSentEvents(feed.AfterAsync(cursor, until.Token));
    }

    private static Func<HttpContext, LocalDeliveries, Task<IResult>> Take<T>(Func<LocalDeliveries, Func<T, CancellationToken, Task<IResult>>> deliver)
        where T : class, ILocalRequest =>
        async (http, deliveries) =>
        {
            try
            {
                // Not tied to the request: the tab may be closed or loaded anew, what it sent is taken all the same.
                return await ReadAsync<T>(http) is { } request
                    ? await deliver(deliveries)(request, CancellationToken.None)
                    : LocalAnswers.Fault(StatusCodes.Status400BadRequest, "The message could not be read.");
            }
            catch (BadHttpRequestException refused)
            {
                return LocalAnswers.Fault(refused.StatusCode, "The message could not be taken.");
            }
            catch (TooManyDeliveriesException flood)
            {
                TooMany.Say(http.Response, flood);
                return LocalAnswers.Fault(StatusCodes.Status429TooManyRequests, "That was a lot at once. Please wait a minute and send it again.");
            }
            catch (StoreUnavailableException)
            {
                return LocalAnswers.Fault(StatusCodes.Status503ServiceUnavailable, "The desk cannot take anything in right now. Please send it again.");
            }
        };

    /// <summary><c>null</c> for what is not JSON of this kind.</summary>
    private static async Task<T?> ReadAsync<T>(HttpContext http)
        where T : class
    {
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, LocalJson.Options, http.RequestAborted);
        }
        catch (Exception unreadable) when (unreadable is JsonException or InvalidOperationException)
        {
            // The second is how half of a surrogate pair is told.
            return null;
        }
    }
}
