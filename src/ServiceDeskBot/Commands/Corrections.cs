using ServiceDeskBot.Core.Triage.Corrections;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Triage.Trainer.Lifecycle;

namespace ServiceDeskBot.Commands;

/// <summary>The accepted corrections of the desk's database, read beside a desk that may be running on it.</summary>
internal static class Corrections
{
    /// <returns>None where no desk was ever served.</returns>
    public static async Task<ReviewedExamples> ReadAsync(IServiceProvider services, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<IDeskStore>();
        if (!await store.LookInAsync(cancellationToken))
        {
            return ReviewedExamples.None;
        }

        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        return ReviewedExamples.Of(await snapshot.CandidatesAsync(ReviewState.Accepted));
    }
}
