using System.CommandLine;
using System.Globalization;
using ServiceDeskBot.Hosting;
using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Trainer.Lifecycle;

namespace ServiceDeskBot.Commands;

/// <summary><c>promote</c> lets a model run if it beats the running one on held-out rows; <c>rollback</c> brings the one before back. A desk that runs takes either up within a minute.</summary>
internal static class PromoteCommand
{
    private const string Overtaken = "Somebody promoted or took back another model at the same time, and that one runs now: look at it, then try again.";

    public static Command Create(CommandRun run)
    {
        var model = new Option<string?>("--model") { Description = "The new model; what train --with-corrections made when left out." };
        var heldOut = new Option<string>("--held-out") { Description = "Tab-separated table with the columns text, type, category, impact, urgency that no model was trained on.", DefaultValueFactory = _ => Path.Combine("models", "data", "heldout.tsv") };
        var command = new Command("promote", "Lets a model run if it beats the running one.") { model, heldOut };
        command.SetAction((parsed, cancellationToken) => PromoteAsync(parsed.GetValue(model), parsed.GetRequiredValue(heldOut), run, cancellationToken));
        return command;
    }

    public static Command CreateRollback(CommandRun run)
    {
        var command = new Command("rollback", "Brings the model back that ran before.");
        command.SetAction((_, cancellationToken) => RollbackAsync(run, cancellationToken));
        return command;
    }

    private static async Task<int> PromoteAsync(string? model, string heldOut, CommandRun run, CancellationToken cancellationToken)
    {
        await using var app = run.Build();
        var shelf = app.Services.GetRequiredService<ModelShelf>();
        var corrections = await Corrections.ReadAsync(app.Services, cancellationToken);
        var store = new ModelStore(shelf, app.Services.GetRequiredService<TimeProvider>());
        switch (await app.Services.GetRequiredService<SharedShelf>().ChangeAsync(() => store.Promote(model ?? shelf.Candidate, heldOut, corrections.HeldOut), cancellationToken))
        {
            case null:
                return await run.RefuseAsync(Overtaken);
            case PromotionOutcome.Promoted(var version, null):
                await run.SayAsync($"{version} runs from now on. No usable model ran before, so there was nothing to compare with.");
                return DeskCommands.Done;
            case PromotionOutcome.Promoted(var version, { } comparison):
                await SayAsync(comparison, run);
                await run.SayAsync($"{version} runs from now on; a desk that is running takes it up within a minute. rollback brings {comparison.Running} back.");
                return DeskCommands.Done;
            case PromotionOutcome.NotBetter(var comparison):
                await SayAsync(comparison, run);
                return await run.RefuseAsync($"Not promoted: {comparison.Running} goes on running.");
            case PromotionOutcome.Refused(var reason):
                return await run.RefuseAsync(reason);
            default:
                throw new System.Diagnostics.UnreachableException();
        }
    }

    private static async Task SayAsync(ComparisonReport comparison, CommandRun run)
    {
        await run.SayAsync($"{comparison.Candidate} against {comparison.Running}, which runs, on {comparison.Rows} held-out rows:");
        foreach (var head in comparison.Heads)
        {
            await run.SayAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"  {head.Head,-9} old {head.AccuracyBefore:0.000}  new {head.AccuracyAfter:0.000}  ({head.Rows} rows; {head.Won} only the new one has right, {head.Lost} only the old one)"));
        }

        await run.SayAsync("Test: exact one-sided McNemar test over the four questions together, at 5 %; and no single question significantly worse.");
        await run.SayAsync(comparison.Verdict);
    }

    private static async Task<int> RollbackAsync(CommandRun run, CancellationToken cancellationToken)
    {
        await using var app = run.Build();
        var store = new ModelStore(app.Services.GetRequiredService<ModelShelf>(), app.Services.GetRequiredService<TimeProvider>());
        return await app.Services.GetRequiredService<SharedShelf>().ChangeAsync(store.Rollback, cancellationToken) switch
        {
            null => await run.RefuseAsync(Overtaken),
            RollbackOutcome.Done(var version) => await SayDoneAsync(version, run),
            RollbackOutcome.Refused(var reason) => await run.RefuseAsync(reason),
            _ => throw new System.Diagnostics.UnreachableException(),
        };
    }

    private static async Task<int> SayDoneAsync(string version, CommandRun run)
    {
        await run.SayAsync($"{version} runs again; a desk that is running takes it up within a minute.");
        return DeskCommands.Done;
    }
}
