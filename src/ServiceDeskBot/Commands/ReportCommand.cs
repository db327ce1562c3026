using System.CommandLine;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Triage.Reports;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Commands;

/// <summary><c>report fairness | drift | shadow</c>: what the desk's automation does, from the stored rows, beside a desk that may be running.</summary>
internal static class ReportCommand
{
    private const int LongestDays = 3660;

    public static Command Create(CommandRun run)
    {
        var name = new Argument<string>("name") { Description = string.Join(", ", TriageReports.Names) };
        name.AcceptOnlyFromAmong([.. TriageReports.Names]);
        var days = new Option<int>("--days") { Description = "How many days back.", DefaultValueFactory = _ => (int)TriageReports.Window.TotalDays };
        days.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > LongestDays)
            {
                result.AddError($"--days must be from 1 to {LongestDays}.");
            }
        });
        var command = new Command("report", "Shows what the desk's automation does.") { name, days };
        command.SetAction((parsed, cancellationToken) => RunAsync(parsed.GetRequiredValue(name), TimeSpan.FromDays(parsed.GetValue(days)), run, cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(string name, TimeSpan window, CommandRun run, CancellationToken cancellationToken)
    {
        await using var app = run.Build();
        var desk = app.Services.GetRequiredService<DeskContent>();
        var store = app.Services.GetRequiredService<IDeskStore>();
        if (!await store.LookInAsync(cancellationToken))
        {
            return await run.RefuseAsync("No desk was ever served on this data, so there is nothing to report.");
        }

        var now = app.Services.GetRequiredService<TimeProvider>().GetUtcNow();
        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        var card = await TriageReports.CardAsync(name, snapshot, desk, app.Services.GetRequiredService<ITriageModel>(), now - window, now);
        await PrintedCard.PrintAsync(card, desk, app.Services.GetRequiredService<Phrasebook>(), run);
        return DeskCommands.Done;
    }
}
