using Microsoft.Extensions.Options;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Dialogs;
using ServiceDeskBot.Hosting;
using ServiceDeskBot.Jobs;
using ServiceDeskBot.Simulation.Platforms;
using ServiceDeskBot.Simulation.Time;
using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Similarity;

namespace ServiceDeskBot.Simulation.Hosts;

/// <summary>
/// One run of the product: everything that <c>DeskHost</c> puts together, without the endpoints. It begins with what the
/// store holds and dies in the middle of anything; nothing but the store outlives it.
/// </summary>
internal sealed class SimulatedHost
{
    private readonly World _world;
    private readonly Func<CancellationToken, Task> _begin;

    private SimulatedHost(World world, string name, bool leads, TimeSpan wrongBy)
    {
        _world = world;
        Life = new Life(world.Time, name);
        Leads = leads;
        var clock = Life.Clock(wrongBy);
        var store = new HostStore(this, world);
        var similar = new SimilarityIndex();
        var outlets = world.Platforms.Select(IOutlet (platform) => new SimulatedOutlet(this, platform, world)).ToList();
        var brain = new DeskBrain(world.Desk, AllDialogs.List, new QueryReading(world.Triage, similar), [.. outlets.Select(outlet => outlet.Channel)], world.Book);
        var signals = new Signals();
        Turns = new TurnQueue(store, () => brain, clock, signals, world.Log.For<TurnQueue>());
        if (leads)
        {
            var sender = new OutboxSender(store, outlets, () => brain, similar, signals, clock, new SimulatedPrograms(this, world), world.Log.For<OutboxSender>());
            var timers = new TimerKeeper(store, () => brain, clock, signals, world.Log.For<TimerKeeper>());
            var data = Options.Create(new DataOptions { Path = world.Store.Folder });
            var models = new SharedShelf(new ModelShelf(world.Store.Folder, TriageModelLoader.BundledPath), store);
            _begin = new DeskRun(store, world.Current, world.Triage, models, similar, Turns, sender, timers, signals, clock, data, world.Log.For<DeskRun>()).StartAsync;
        }
        else
        {
            _begin = Turns.ResumeAsync;
            foreach (var article in world.Desk.Articles)
            {
                similar.Put(Core.Triage.SimilarKind.Article, article.Id, $"{article.Title} {article.Summary}");
            }
        }
    }

    public Life Life { get; }

    public TurnQueue Turns { get; }

    /// <summary>The one that sends and keeps time: on SQLite there is one process for that; the others take deliveries and decide them.</summary>
    public bool Leads { get; }

    /// <summary>True once it takes deliveries.</summary>
    public bool IsUp { get; private set; }

    public static SimulatedHost Start(World world, string name, bool leads, TimeSpan wrongBy)
    {
        var host = new SimulatedHost(world, name, leads, wrongBy);
        world.Journal.Write($"{name} starts");
        host.Life.Run(_ => host.Begin(), null);
        return host;
    }

    /// <summary>The weather may end this host here: then nothing after this call ever happens.</summary>
    public Task DieHereAsync(string where)
    {
        if (Life.IsOver)
        {
            return Life.Never<bool>();
        }

        if (!_world.Weather.Crashes())
        {
            return Task.CompletedTask;
        }

        _world.Journal.Write($"{Life.Name} dies {where}");
        if (Leads)
        {
            _world.Audit.Outgoing.SenderDied();
        }

        IsUp = false;
        Life.End();
        _world.Restart(this);
        return Life.Never<bool>();
    }

    private async void Begin()
    {
        try
        {
            await _begin(CancellationToken.None);
            IsUp = true;
        }
        catch (StoreUnavailableException)
        {
            // A start that fails ends the process; whoever watches over it starts it again.
            Life.End();
            _world.Restart(this);
        }
    }
}
