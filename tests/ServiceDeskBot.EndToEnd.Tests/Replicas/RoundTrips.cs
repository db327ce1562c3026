using System.Collections.Concurrent;
using System.Diagnostics;

namespace ServiceDeskBot.EndToEnd.Tests.Replicas;

/// <summary>Counts what one delivery asks of PostgreSQL, by the driver's own trace: the delivery's trace goes with it through the host to the driver.</summary>
internal sealed class RoundTrips : IDisposable
{
    private static readonly ActivitySource Deliveries = new("deliveries");

    private readonly ConcurrentQueue<(ActivityTraceId Of, string Text)> _seen = new();
    private readonly ActivityListener _listener;

    public RoundTrips()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name is "Npgsql" or "deliveries",
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.Source.Name == "Npgsql" && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
                {
                    _seen.Enqueue((activity.TraceId, text));
                }
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    /// <summary>The batches that were sent until the delivery was answered.</summary>
    public async Task<IReadOnlyList<string>> OfAsync(Func<Task> deliver)
    {
        using var delivery = Deliveries.StartActivity("delivery", ActivityKind.Client, default(ActivityContext))!;
        await deliver();
        return [.. _seen.Where(one => one.Of == delivery.TraceId).Select(one => one.Text)];
    }

    public void Dispose() => _listener.Dispose();
}
