using System.Globalization;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Api;

/// <summary>What flowed through the teams in a window.</summary>
public sealed record FlowView(DateTimeOffset From, DateTimeOffset To, IReadOnlyList<TeamFlow> Teams);

/// <param name="In">Tickets opened in the window.</param>
/// <param name="Out">Tickets closed or cancelled in the window.</param>
/// <param name="Wip">Tickets open at its end.</param>
/// <param name="LeadTime">Of those that went out; <c>null</c> when none did.</param>
public sealed record TeamFlow(string Team, int In, int Out, int Wip, LeadTimeView? LeadTime);

/// <summary>From opening to closing, in hours of the clock.</summary>
/// <param name="N">How many it stands on.</param>
public sealed record LeadTimeView(int N, double P50, double P85, double Max);

/// <summary><c>GET /metrics/flow</c>: counted from the stored tickets, queries left out.</summary>
internal static class FlowMetrics
{
    private static readonly TimeSpan DefaultWindow = TimeSpan.FromDays(28);

    public static void MapFlow(this IEndpointRouteBuilder api) =>
        api.MapGet("/metrics/flow", FlowAsync)
            .WithSummary("Tickets in and out, work in progress and lead time per team; the last 28 days unless from and to say otherwise. Scope tickets:read.")
            .AddEndpointFilter(new ScopeFilter(ApiScope.Read))
            .Produces<FlowView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);

    private static async Task<IResult> FlowAsync(string? from, string? to, string? team, IDeskStore store, DeskContent desk, TimeProvider clock, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (!TryMoment(to, now, out var end) || end - DateTimeOffset.MinValue < DefaultWindow)
        {
            return Problems.Invalid("to", $"'{to}' is no time; write it as 2026-11-20T09:00:00Z.");
        }

        if (!TryMoment(from, end - DefaultWindow, out var start) || start >= end)
        {
            return Problems.Invalid("from", $"'{from}' is no time before 'to'; write it as 2026-11-20T09:00:00Z.");
        }

        if (team is not null && desk.Team(team) is null)
        {
            return Problems.Invalid("team", $"'{team}' is no team. Allowed: {string.Join(", ", desk.Teams.Select(known => known.Id))}.");
        }

        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        var flows = new List<TeamFlow>();
        foreach (var id in team is null ? desk.Teams.Select(known => known.Id) : [team])
        {
            flows.Add(await OfTeamAsync(id, start, end, snapshot));
        }

        return ApiJson.Ok(new FlowView(start, end, flows));
    }

    /// <summary>Whatever was opened in the window is open now or was closed after the window began.</summary>
    private static async ValueTask<TeamFlow> OfTeamAsync(string team, DateTimeOffset from, DateTimeOffset to, IDeskSnapshot snapshot)
    {
        var spans = (await snapshot.SpansAsync(team, from)).Where(span => span.Opened < to).ToList();
        var went = spans.Where(span => span.Closed < to).ToList();
        return new TeamFlow(
            team,
            spans.Count(span => span.Opened >= from),
            went.Count,
            spans.Count - went.Count,
            LeadTime([.. went.Select(span => (span.Closed!.Value - span.Opened).TotalHours).Order()]));
    }

    private static LeadTimeView? LeadTime(double[] hours)
    {
        return hours.Length == 0 ? null : new LeadTimeView(hours.Length, At(0.5), At(0.85), Math.Round(hours[^1], 2));

        // Nearest rank: a figure that one of the tickets really has.
        double At(double share) => Math.Round(hours[(int)Math.Ceiling(share * hours.Length) - 1], 2);
    }

    private static bool TryMoment(string? text, DateTimeOffset otherwise, out DateTimeOffset moment)
    {
        moment = otherwise;
        return text is null || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out moment);
    }
}
