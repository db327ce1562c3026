using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Hosting;

/// <summary><c>/health/live</c>: the process answers. <c>/health/ready</c>: the store does as well, else 503 with the failing part's name.</summary>
internal static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        app.MapGet("/health/live", () => Results.Text("live"));
        app.MapGet("/health/ready", ReadyAsync);
    }

    private static async Task<IResult> ReadyAsync(IDeskStore store, CancellationToken cancellationToken)
    {
        try
        {
            await using var snapshot = await store.SnapshotAsync(cancellationToken);

            // One look into an index: an orchestrator asks every few seconds, and counting goes through everything.
            await snapshot.TicketAsync("");
            return Results.Text("ready");
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The name of the part is enough for an orchestrator; the reason is in the log of that part.
            return Results.Text("store", statusCode: StatusCodes.Status503ServiceUnavailable);
        }
    }
}
