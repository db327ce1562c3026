using System.CommandLine;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Digests;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Commands;

/// <summary><c>digest --now</c>: prints the last day of a team, or of all, and posts it to the managers it concerns.</summary>
internal static class DigestCommand
{
    private static readonly TimeSpan Window = TimeSpan.FromDays(1);
    private static readonly TimeSpan Sending = TimeSpan.FromSeconds(20);

    public static Command Create(CommandRun run)
    {
        var team = new Option<string?>("--team") { Description = "One team; all when left out." };
        var now = new Option<bool>("--now") { Description = "Print and post it now." };
        var command = new Command("digest", "Prints and posts a digest of the last day.") { team, now };
        command.SetAction((parsed, cancellationToken) => parsed.GetValue(now)
            ? RunAsync(parsed.GetValue(team), run, cancellationToken)
            : run.RefuseAsync("Say digest --now; digests go out by themselves at the desk's hour.", DeskCommands.Wrong));
        return command;
    }

    private static async Task<int> RunAsync(string? teamId, CommandRun run, CancellationToken cancellationToken)
    {
        await using var app = run.Build();
        var desk = app.Services.GetRequiredService<DeskContent>();
        if (teamId is not null && desk.Team(teamId) is null)
        {
            return await run.RefuseAsync($"There is no team '{teamId}'. Teams: {string.Join(", ", desk.Teams.Select(team => team.Id))}.", DeskCommands.Wrong);
        }

        var store = app.Services.GetRequiredService<IDeskStore>();
        await store.OpenAsync(cancellationToken);
        var decision = new Decision(app.Services.GetRequiredService<TimeProvider>().GetUtcNow());
        await using (var snapshot = await store.SnapshotAsync(cancellationToken))
        {
            IReadOnlyList<Team> teams = teamId is null ? desk.Teams : [desk.Team(teamId)!];
            var from = decision.Now - Window;
            var digest = await ManagerDigest.ReadAsync(teams, app.Services.GetRequiredService<ITriageModel>(), snapshot, desk, from, decision.Now);
            if (digest.IsEmpty)
            {
                await run.SayAsync("Nothing happened in the last day, so there is nothing to post.");
                return DeskCommands.Done;
            }

            var card = await digest.ToCardAsync(snapshot, from, decision.Now);
            await PrintedCard.PrintAsync(card, desk, app.Services.GetRequiredService<Phrasebook>(), run);
            await AddressAsync(card, teams, desk, snapshot, app.Services, decision);
        }

        return await PostAsync(decision, store, app.Services, run, cancellationToken);
    }

    /// <summary>To every manager who looks after one of these teams and whom the desk can reach.</summary>
    private static async Task AddressAsync(Card card, IReadOnlyList<Team> teams, DeskContent desk, IDeskSnapshot snapshot, IServiceProvider services, Decision decision)
    {
        var brain = services.GetRequiredService<Func<DeskBrain>>()();
        var nowhere = new Place("", "", null, PlaceKind.Personal);
        var context = new TurnContext(TurnContext.DeskItself, nowhere, snapshot, desk, brain.Channels, () => throw new InvalidOperationException("A digest opens no tickets."), decision) { Reading = brain.Reading };
        foreach (var known in desk.People.Where(person => person.Roles.Contains("manager")))
        {
            var manager = await snapshot.PersonAsync(known.Id) ?? Newcomers.Of(known);
            if (DigestPost.TeamsOf(manager, desk).Intersect(teams).Any() && await context.ReachAsync(manager.Id) is { } place)
            {
                decision.Say(place, card, manager);
            }
        }
    }

    private static async Task<int> PostAsync(Decision decision, IDeskStore store, IServiceProvider services, CommandRun run, CancellationToken cancellationToken)
    {
        if (!decision.ChangesAnything)
        {
            return await run.RefuseAsync("No manager could be reached: none has written to the desk yet or stands in people.yaml with an account.");
        }

        await store.CommitAsync(decision.ToUnit(), cancellationToken);
        var left = await SendAsync(store, services, cancellationToken);
        await run.SayAsync(left == 0 ? "\nPosted." : $"\n{left} message(s) could not be sent yet; the desk sends them when it is served.");
        return DeskCommands.Done;
    }

    /// <summary>Lets the sender work until nothing is due, for a bounded time.</summary>
    private static async Task<long> SendAsync(IDeskStore store, IServiceProvider services, CancellationToken cancellationToken)
    {
        var clock = services.GetRequiredService<TimeProvider>();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var sending = services.GetRequiredService<OutboxSender>().RunAsync(stop.Token);
        var started = clock.GetTimestamp();
        while (clock.GetElapsedTime(started) < Sending && (await store.DueMessagesAsync(clock.GetUtcNow(), [], 1, cancellationToken)).Count > 0)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100), clock, cancellationToken);
        }

        await stop.CancelAsync();
        await sending;
        await using var snapshot = await store.SnapshotAsync(cancellationToken);
        return (await snapshot.FiguresAsync()).UnsentMessages;
    }
}
