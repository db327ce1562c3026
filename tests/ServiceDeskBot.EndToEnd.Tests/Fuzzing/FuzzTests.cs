using System.Globalization;
using System.Text.Json;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Local;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;
using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.EndToEnd.Tests.Stories;
using ServiceDeskBot.Storage.Sqlite;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Fuzzing;

/// <summary>
/// The desk as a process of its own. Everything that people's clients sent while a ticket lived on each platform, and every recorded
/// payload where they are at hand, is damaged in a thousand ways and posted again, beside damaged requests to all its other doors.
/// Whatever comes: an answer in time and no fault, the tickets replay, and the next person is served.
/// <c>FUZZ_REQUESTS=1000000 tests/fuzz</c> tries longer, <c>FUZZ_SEED=7</c> others, <c>FUZZ_ONLY=12345</c> that one alone.
/// </summary>
public sealed class FuzzTests
{
    private const int AtOnce = 32;

    /// <summary>So much may wait to be decided or sent; beyond it the desk would rightly turn everything away.</summary>
    private const int MostWaiting = 1_000;

    private static readonly int Requests = Setting("FUZZ_REQUESTS") ?? 4_500;
    private static readonly int Seed = Setting("FUZZ_SEED") ?? 2026;
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan UntilNextToken = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ToStop = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Desk_AskedByDamagedRequests_AnswersAllStaysWholeAndDoesNotGrow()
    {
        var data = Directory.CreateTempSubdirectory("desk-fuzzed-");
        var clock = new ManualClock(TimeProvider.System.GetUtcNow());

        // Half of the seeds meet a registered bot, the others one that takes unsigned activities of any tenant and channel.
        await using var teams = new TeamsPlatform { SignedBy = Seed % 2 == 0 ? new BotFrameworkStub() : null };
        await using var slack = new SlackPlatform();
        await using var local = new LocalPlatform();
        (string Name, ChatPlatform Platform)[] played = [("wanda", teams), ("walter", slack), ("wilma", local)];
        foreach (var (_, platform) in played)
        {
            await platform.OpenAsync(clock);
        }

        await using var desk = new DeskProcess(data.FullName, [.. played.SelectMany(one => one.Platform.Settings), .. Settings]) { Keeps = new Complaints().Hears };
        await desk.StartAsync();
        Array.ForEach(played, one => one.Platform.Connect(desk));
        await KeepSecretAsync(local);
        var (_, _, secret) = await desk.File.LookAsync();
        foreach (var (name, platform) in played)
        {
            await LiveAsync(platform, name, desk);
        }

        var token = teams.SignedBy?.Token();
        var doors = new Doors(Seed, [.. played.Select(one => (one.Name, Delivery.Of(one.Platform)))], (int)secret + 1, () => token);
        var tally = new Tally();
        Forget(true);
        using var enough = new CancellationTokenSource();
        var crowded = false;
        var looking = LookAsync();
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false }) { BaseAddress = desk.Address, Timeout = TimeSpan.FromSeconds(60) };
        var (from, to) = Setting("FUZZ_ONLY") is { } only ? (only, only + 1) : (0, Requests);
        await Parallel.ForAsync(from, to, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (n, _) =>
        {
            while (Volatile.Read(ref crowded))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, CancellationToken.None);
            }

            await AskAsync(n, doors, http, tally);
        });

        await desk.SettledAsync();
        await enough.CancelAsync();
        await looking;
        tally.MemoryIsFlat();
        Report($"FUZZ_SEED={Seed}\n{tally}");

        Forget(false);
        await ServeAsync("zoe");
        var stopping = TimeProvider.System.GetTimestamp();
        await desk.StopAsync();
        var stopped = TimeProvider.System.GetElapsedTime(stopping);

        // Held-back messages have their time, so that what the damage set off is drawn and sent as well.
        await desk.File.PassAnHourAsync("unconfirmed");
        await desk.StartAsync();
        await ServeAsync("zack");
        await desk.StopAsync();
        var failures = await desk.File.ReadAsync("SELECT failure FROM inbox WHERE failure IS NOT NULL");
        var replayed = await EveryTicketReplaysAsync(desk.File);
        Report($"stopped in {stopped.TotalSeconds:0.0} s; {replayed} tickets replay; given up: {string.Join("; ", await desk.File.ReadAsync("SELECT count(*) || ' ' || reason FROM outbox WHERE state = 'dead' GROUP BY reason"))}");

        Assert.Multiple(
            () => Assert.True(tally.Faults.Count == 0, string.Join('\n', tally.Faults)),
            () => Assert.Equal("", desk.Output),
            () => Assert.Equal("", string.Join('\n', failures)),
            () => Assert.True(stopped < ToStop, $"It took {stopped} to stop."));
        data.Delete(recursive: true);

        void Forget(bool forgets) => slack.Web.Board.Forgets = teams.Connector.Board.Forgets = forgets;

        async Task ServeAsync(string name)
        {
            foreach (var (_, platform) in played)
            {
                await platform.Person(name).SayAsync("My laptop does not start.");
                await platform.Person(name).SeesAsync("This is what I understood");
            }
        }

        async Task LookAsync()
        {
            var lastToken = TimeProvider.System.GetTimestamp();
            while (!enough.IsCancellationRequested)
            {
                var left = await desk.File.LookAsync();
                Volatile.Write(ref crowded, left.Undecided + left.Unsent > MostWaiting);
                tally.Remember(desk.Memory, left);
                clock.Advance(TimeProvider.System.GetUtcNow() - clock.GetUtcNow());
                if (TimeProvider.System.GetElapsedTime(lastToken) > UntilNextToken)
                {
                    (token, lastToken) = (teams.SignedBy?.Token(), TimeProvider.System.GetTimestamp());
                }

                await Task.Delay(BetweenLooks, TimeProvider.System, enough.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>One account may say as much as it likes, since here it stands for hundreds; how much of an organisation may wait is as always.</summary>
    private static string[] Settings { get; } =
    [
        "--Limits:PersonBurst=1000000", "--Logging:LogLevel:Default=Warning", "--Logging:LogLevel:Microsoft.Hosting.Lifetime=Warning", "--Api:Keys:0:Name=erp", $"--Api:Keys:0:Key={Doors.ApiKey}", "--Api:Keys:0:Scopes:0=tickets:read", "--Api:Keys:0:Scopes:1=tickets:write",
    ];

    private static async Task AskAsync(int n, Doors doors, HttpClient http, Tally tally)
    {
        var (door, request) = doors.Damaged(n);
        using (request)
        {
            var what = $"Number {n} of seed {Seed}, {request.Method} {request.RequestUri}";
            var began = TimeProvider.System.GetTimestamp();
            try
            {
                using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, TestContext.Current.CancellationToken);

                // The console's feed never ends.
                var said = response.Content.Headers.ContentType?.MediaType == "text/event-stream" ? "" : await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
                tally.Answered(door, what, response.StatusCode, said, TimeProvider.System.GetElapsedTime(began));
                if (door.Contains("/api/v1", StringComparison.Ordinal) && said.Contains("zebra", StringComparison.OrdinalIgnoreCase))
                {
                    tally.Fault($"{what} was told what is restricted: {said}");
                }

                if (Setting("FUZZ_ONLY") is not null)
                {
                    Report($"{what}\n{request.Headers}{request.Content?.Headers}\n{(request.Content is null ? "" : await request.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))}\n\n{(int)response.StatusCode}\n{response.Headers}\n{said}");
                }
            }
            catch (Exception silence) when (silence is HttpRequestException or OperationCanceledException or IOException)
            {
                tally.Fault($"{what} was not answered: {silence}");
            }
        }
    }

    /// <summary>A ticket that programs without the scope for it must never read of.</summary>
    private static async Task KeepSecretAsync(LocalPlatform local)
    {
        await local.Person("vera").SayAsync("I clicked on a link in a phishing mail, the sender was zebra@example.com");
        local.Deliveries.Clear();
    }

    /// <summary>A ticket's life, so that there is something to damage: its forms, its buttons, its edits.</summary>
    private static async Task LiveAsync(ChatPlatform platform, string name, DeskProcess desk)
    {
        var (person, ada) = (platform.Person(name), platform.Person("ada"));
        await ada.BindAsync("workplace");

        // Damaged, it would bind the team to hundreds of channels, each of which then gets every card.
        platform.Deliveries.Clear();
        await person.ArriveAsync();
        await TicketTalkStory.LogAsync(person, "My laptop does not start, see the picture.");
        await person.SayAsync("It beeps three times.", "beeps.png");
        await person.EditAsync("It beeps three times.", "It beeps four times.");
        await ada.PressAsync("Claim");
        await ada.PressAsync("Resolve", ("text", "A new battery is in."));
        await person.SeesAsync("A new battery is in.");
        await person.SayAsync("what about my laptop?");
        await person.SayAsync("I want to order something");
        if (platform is SlackPlatform slack)
        {
            await slack.CommandAsync(name, platform.ChatOf(name), "my tickets");
        }

        await desk.SettledAsync();
    }

    private static async Task<int> EveryTicketReplaysAsync(DeskFile file)
    {
        await using var store = new SqliteDeskStore($"Data Source={file.Path}", TimeProvider.System);
        await store.OpenAsync(TestContext.Current.CancellationToken);
        await using var snapshot = await store.SnapshotAsync(TestContext.Current.CancellationToken);
        var replayed = 0;
        foreach (var ticket in await file.ReadAsync("SELECT id FROM tickets"))
        {
            Assert.Equal(JsonSerializer.Serialize(await snapshot.TicketAsync(ticket)), JsonSerializer.Serialize(TicketLife.Replay(await snapshot.EventsAsync(ticket))));
            replayed++;
        }

        return replayed;
    }

    private static int? Setting(string name) => int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var given) ? given : null;

    private static void Report(string words)
    {
        TestContext.Current.TestOutputHelper?.WriteLine(words);
        if (Environment.GetEnvironmentVariable("FUZZ_REQUESTS") is not null)
        {
            Console.WriteLine(words);
        }
    }

    /// <summary>All that the desk writes but its warnings: what is refused is warned of, and that is right.</summary>
    private sealed class Complaints
    {
        private bool _isWarning;

        public bool Hears(string line)
        {
            _isWarning = line.StartsWith("warn:", StringComparison.Ordinal) || (_isWarning && line.StartsWith("      ", StringComparison.Ordinal));
            return !_isWarning;
        }
    }
}
