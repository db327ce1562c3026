using Microsoft.Extensions.Logging.Abstractions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Desk.Content;
using ServiceDeskBot.Dialogs;
using ServiceDeskBot.Hosting;
using ServiceDeskBot.Simulation.Checks;
using ServiceDeskBot.Simulation.Hosts;
using ServiceDeskBot.Simulation.People;
using ServiceDeskBot.Simulation.Platforms;
using ServiceDeskBot.Simulation.Time;
using ServiceDeskBot.Triage.Artefacts;

namespace ServiceDeskBot.Simulation;

/// <summary>Everything that is there in one run: time, people, platforms, hosts and the store between them.</summary>
internal sealed class World : IAsyncDisposable
{
    private static readonly Lazy<RunningTriage> Model = new(() => new RunningTriage(() => TriageModelLoader.Load([TriageModelLoader.BundledPath]), () => "", NullLogger<RunningTriage>.Instance));
    private static readonly Lazy<CurrentDesk> Content = new(() => new CurrentDesk(SimulatedDesk.Read, () => "", NullLogger<CurrentDesk>.Instance));

    private static readonly Lazy<Phrasebook> Phrases = new(() => new Phrasebook(typeof(Phrasebook).Assembly, AllDialogs.Assembly, typeof(DeskHost).Assembly));

    /// <summary>A Monday, before anybody is at work.</summary>
    private static readonly DateTimeOffset Monday = new(2026, 11, 16, 5, 0, 0, TimeSpan.Zero);

    private readonly SimulatedHost?[] _hosts;
    private int _incarnations;

    public World(int seed, int hosts, TextWriter? copy)
    {
        Time = new VirtualTime(seed, Monday);
        Journal = new Journal(() => Time.Elapsed) { Copy = copy };
        Dice = new Dice(seed, "people");
        Texts = new Texts(new Dice(seed, "texts"));
        Weather = new Weather(seed, Time);
        Audit = new Audit(Desk, Journal, oneHost: hosts == 1);
        Log = new HostLog(Journal, text => Audit.Fail("no error without a fault", text));
        Store = new SharedStore(Time);
        Platforms = [new Platform("teams"), new Platform("slack")];
        Mail = new Mail(this);
        _hosts = new SimulatedHost?[hosts];
        Inhabit();
    }

    public VirtualTime Time { get; }

    public Journal Journal { get; }

    public Dice Dice { get; }

    public Texts Texts { get; }

    public Weather Weather { get; }

    public Audit Audit { get; }

    public HostLog Log { get; }

    public SharedStore Store { get; }

    public Mail Mail { get; }

    public IReadOnlyList<Platform> Platforms { get; }

    public List<SimulatedPerson> People { get; } = [];

    public DeskContent Desk => Content.Value.Content;

    public CurrentDesk Current => Content.Value;

    public RunningTriage Triage => Model.Value;

    public Phrasebook Book => Phrases.Value;

    public int Starts => _incarnations;

    public bool IsWorkday => Time.GetUtcNow().DayOfWeek is not (DayOfWeek.Saturday or DayOfWeek.Sunday);

    public bool IsOfficeHour => IsWorkday && Time.GetUtcNow().Hour is >= 6 and < 18;

    public void Begin()
    {
        Store.Open();
        for (var i = 0; i < _hosts.Length; i++)
        {
            Start(i);
        }

        People.ForEach(person => person.Begin());
    }

    /// <summary>A host that is up; <c>null</c> while none is.</summary>
    public SimulatedHost? AnyHost()
    {
        var up = _hosts.OfType<SimulatedHost>().Where(host => host.IsUp).ToList();
        return up.Count == 0 ? null : Dice.One(up);
    }

    /// <summary>A host has died: another one takes its place before long.</summary>
    public void Restart(SimulatedHost dead)
    {
        var place = Array.IndexOf(_hosts, dead);
        if (place >= 0)
        {
            _hosts[place] = null;
        }

        Time.After(Weather.Restart(), Time.World, () =>
        {
            if (_hosts.Length == 1 && Weather.StartsProcess())
            {
                Store.Open();
            }

            Start(place < 0 ? 0 : place);
        });
    }

    public ValueTask DisposeAsync() => Store.DisposeAsync();

    private void Start(int place)
    {
        var wrongBy = TimeSpan.FromMilliseconds(700 * place);
        _hosts[place] = SimulatedHost.Start(this, $"host-{place}.{++_incarnations}", leads: place == 0, wrongBy);
    }

    private void Inhabit()
    {
        foreach (var (id, i) in SimulatedDesk.Agents.Select((id, i) => (id, i)))
        {
            People.Add(new Agent(this, id, ["agent"], Habits.Of(Dice) with { NeverAnswers = false }, shiftBegins: 6 + (i % 3 * 2)));
        }

        People.Add(new Manager(this, "mara", ["manager", "owner"], Habits.Of(Dice) with { NeverAnswers = false }));
        People.Add(new SimulatedPerson(this, "omar", ["operator"], Habits.Of(Dice)));
        foreach (var id in SimulatedDesk.Users)
        {
            People.Add(new EndUser(this, id, [], Habits.Of(Dice), mattersADay: 0.5 + Dice.Below(2)));
        }

        foreach (var platform in Platforms)
        {
            platform.Shown = Shown;
            platform.Channel("general", null);
            foreach (var team in Desk.Teams)
            {
                platform.Channel(team.Channels[platform.Name], team.Id);
            }
        }

        foreach (var (person, i) in People.Select((person, i) => (person, i)))
        {
            // Some are on one platform only; agents are on both.
            foreach (var platform in Platforms.Where(platform => person.Roles.Count > 0 || i % 3 == 0 || platform.Name == (i % 3 == 1 ? "teams" : "slack")))
            {
                var account = platform.Join(person);
                person.Accounts.Add(account);
                platform.Personal(account.Id);
            }
        }
    }

    private void Shown(Conversation conversation, ChatPost post)
    {
        Audit.Secrecy.Shown(conversation, post);
        var reader = conversation.Member ?? (post.Thread is not null && conversation.Kind == PlaceKind.Channel && conversation.Roots.TryGetValue(post.Thread, out var root) ? root : null);
        reader?.Notice(conversation, post);
    }
}
