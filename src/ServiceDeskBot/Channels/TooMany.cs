using System.Globalization;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Channels;

/// <summary>What a platform is told whose delivery was one too many: 429, and when to try again.</summary>
internal static class TooMany
{
    public static IResult Answer(HttpResponse response, TooManyDeliveriesException flood)
    {
        Say(response, flood);
        return Results.StatusCode(StatusCodes.Status429TooManyRequests);
    }

    /// <summary><c>Retry-After</c> counts in whole seconds.</summary>
    public static void Say(HttpResponse response, TooManyDeliveriesException flood) =>
        response.Headers.RetryAfter = Math.Ceiling(flood.After.TotalSeconds).ToString(CultureInfo.InvariantCulture);
}
