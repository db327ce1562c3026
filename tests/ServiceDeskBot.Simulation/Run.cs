using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Simulation;

/// <summary>One seed: some desk-days with everything that goes wrong, then a calm in which everything has to come to its end.</summary>
internal static class Run
{
    /// <summary>A run of this many days; longer simulations are many runs, so that a failure is found again quickly.</summary>
    public const int Days = 10;

    /// <summary>Reminder, closing after silence, and a weekend for the agents: more is not needed.</summary>
    private static readonly TimeSpan LongestCalm = TimeSpan.FromDays(14);

    /// <param name="copy">Gets every step; <c>null</c>: nobody wants to read them.</param>
    /// <param name="change">Changes the world before it begins.</param>
    public static async Task<RunResult> OfAsync(int seed, int days = Days, TextWriter? copy = null, Action<World>? change = null)
    {
        var before = SynchronizationContext.Current;
        await using var world = new World(seed, hosts: seed % 3 == 0 ? 2 : 1, copy);
        try
        {
            change?.Invoke(world);
            Live(world, days);
            return new RunResult(seed, world.Audit.Failure, world);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            return new RunResult(seed, $"an exception escaped: {failure}", world);
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    private static void Live(World world, int days)
    {
        world.Begin();
        for (var day = 0; day < days && world.Audit.Failure is null; day++)
        {
            foreach (var platform in world.Platforms)
            {
                world.Weather.NewDay(platform.Name);
            }

            Pass(world, TimeSpan.FromHours(24));
            if (world.Weather.ClockJump() is { } jump)
            {
                world.Journal.Write($"the clock jumps by {jump}");
                world.Time.Jump(jump);
            }

            Quiet(world);
        }

        world.Journal.Write("the world calms down");
        world.Weather.IsCalm = true;
        world.People.ForEach(person => person.HasBlockedBot = false);
        var until = world.Time.Elapsed + LongestCalm;
        while (world.Audit.Failure is null && world.Time.Elapsed < until && Unfinished(world) is not null)
        {
            Pass(world, TimeSpan.FromHours(3));
            AskAround(world);
        }

        Quiet(world);
        world.Audit.Must(Unfinished(world) is null, "everything ends when the world calms down", Unfinished(world) ?? "");
        Look(world);
        world.Audit.Must(world.Time.Strays == 0, "everything happens on one thread", $"{world.Time.Strays} times it did not");
    }

    private static void Pass(World world, TimeSpan span) => world.Time.RunUntil(world.Time.Elapsed + span, () => world.Audit.Failure is null);

    /// <summary>In the calm, people look once more at everything that hangs in front of them.</summary>
    private static void AskAround(World world)
    {
        foreach (var conversation in world.Platforms.SelectMany(platform => platform.Conversations).Where(conversation => conversation.Team is null))
        {
            foreach (var post in conversation.Posts.Values.ToList())
            {
                var reader = conversation.Member ?? (post.Thread is not null ? conversation.Roots.GetValueOrDefault(post.Thread) : null);
                reader?.Consider(conversation, post);
            }
        }
    }

    private static void Quiet(World world)
    {
        if (world.Audit.Failure is not null)
        {
            return;
        }

        world.Store.Ask(async store =>
        {
            await using var snapshot = await store.SnapshotAsync(CancellationToken.None);
            await world.Audit.Tickets.ReplayAsync(snapshot);
            return true;
        });
    }

    /// <summary>At the end every team's card is as it should be, but for those that could not be refreshed.</summary>
    private static void Look(World world)
    {
        var mirrors = world.Store.Ask(async store =>
        {
            await using var snapshot = await store.SnapshotAsync(CancellationToken.None);
            var all = new List<Mirror>();
            foreach (var ticket in world.Audit.Tickets.All)
            {
                all.AddRange(await snapshot.MirrorsAsync(ticket.Id));
            }

            return all;
        });
        foreach (var mirror in mirrors.Where(mirror => mirror.Kind == MirrorKind.Team && !world.Audit.Outgoing.GivenUp.Contains(mirror.Id)))
        {
            var conversation = world.Platforms.FirstOrDefault(platform => platform.Name == mirror.At.Channel)?.Find(mirror.At.Conversation);
            if (mirror.PostId is { } id && conversation is not null && conversation.Posts.TryGetValue(id, out var post))
            {
                world.Audit.Secrecy.NothingTakenBack(post.Card, $"{mirror.Ticket}'s card in {conversation.Id}");
            }
        }
    }

    /// <summary>What has not come to its end; <c>null</c>: nothing.</summary>
    private static string? Unfinished(World world)
    {
        var figures = world.Store.Ask(async store =>
        {
            await using var snapshot = await store.SnapshotAsync(CancellationToken.None);
            return await snapshot.FiguresAsync();
        });
        var open = world.Audit.Tickets.All.Where(ticket => ticket.IsOpen).Select(ticket => $"{ticket.Id} {ticket.State} {ticket.Team}").ToList();
        var timers = world.Audit.Timers.Left.ToList();
        return open.Count > 0 ? $"open: {string.Join(", ", open)}"
            : figures.OpenTickets > 0 ? $"{figures.OpenTickets} tickets are stored as open"
            : world.Audit.Inbox.Undecided.Any() ? $"undecided: {string.Join(", ", world.Audit.Inbox.Undecided)}"
            : figures.UndoneTurns > 0 ? $"{figures.UndoneTurns} turns are stored as undone"
            : figures.UnsentMessages > 0 ? $"{figures.UnsentMessages} messages are unsent"
            : world.Audit.Outgoing.Owed != 0 ? $"{world.Audit.Outgoing.Owed} messages are neither sent nor dead letters"
            : timers.Count > 0 ? $"timers: {string.Join(", ", timers)}"
            : null;
    }
}

/// <summary>How a run ended.</summary>
/// <param name="Failure">The first broken rule; <c>null</c>: all held.</param>
internal sealed record RunResult(int Seed, string? Failure, World World)
{
    /// <summary>The seed, the broken rule and what happened last.</summary>
    public string Story => $"seed {Seed} broke a rule: {Failure}\n  {string.Join("\n  ", World.Journal.Last)}\nAgain: dotnet run -c Release --project tests/ServiceDeskBot.Simulation -- --days {Run.Days} --seed {Seed}";

    public string Figures =>
        $"{World.Audit.Tickets.All.Count} tickets, {World.Audit.Inbox.Turns} turns of {World.Mail.Deliveries} deliveries, {World.Audit.Outgoing.Sent} sent, {World.Audit.Outgoing.DeadLetters} dead letters, {World.Audit.Surveys.Offered} surveys, {World.Starts} starts, {World.Time.Steps} steps, mark {World.Journal.Mark}";
}
