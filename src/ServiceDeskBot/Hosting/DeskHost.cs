using Microsoft.Extensions.Options;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Desk.Content;
using ServiceDeskBot.Core.Intake;
using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Dialogs;
using ServiceDeskBot.Jobs;
using ServiceDeskBot.Storage.PostgreSql;
using ServiceDeskBot.Storage.Sqlite;
using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Similarity;
using ServiceDeskBot.Webhooks;

namespace ServiceDeskBot.Hosting;

/// <summary>Puts the desk together: settings, content, store, model, turns, sending, timers.</summary>
public static class DeskHost
{
    public static void AddDesk(this IHostApplicationBuilder builder)
    {
        var services = builder.Services;
        Bind<DataOptions>(builder, "Data");
        Bind<StorageOptions>(builder, "Storage");
        services.AddSingleton<IValidateOptions<StorageOptions>, StorageOptionsCheck>();
        Bind<DeskOptions>(builder, "Desk");
        Bind<TriageOptions>(builder, "Triage");

        Bind<LimitOptions>(builder, LimitOptions.Section);
        Bind<WebhookOptions>(builder, WebhookOptions.Section);
        services.AddSingleton<IValidateOptions<WebhookOptions>, WebhookOptionsCheck>();

        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Signals>();
        services.AddSingleton(_ => new Phrasebook(typeof(Phrasebook).Assembly, AllDialogs.Assembly, typeof(DeskHost).Assembly));
        services.AddSingleton(Desk);
        services.AddTransient(provider => provider.GetRequiredService<CurrentDesk>().Content);
        services.AddSingleton(DeskTriage.Shelf);
        services.AddSingleton<SharedShelf>();
        services.AddSingleton(DeskTriage.Running);
        services.AddSingleton<ITriageModel>(provider => provider.GetRequiredService<RunningTriage>());
        services.AddSingleton(DeskTriage.Shadow);
        services.AddSingleton<ISimilarityIndex, SimilarityIndex>();
        services.AddSingleton<QueryReading>();
        services.AddSingleton(OpenStore);
        services.AddSingleton(Brain);
        services.AddSingleton<TurnQueue>();
        services.AddSingleton<ITurns>(FloodGate);
        services.AddSingleton<IWebhooks, WebhookCaller>();
        services.AddSingleton<OutboxSender>();
        services.AddSingleton<TimerKeeper>();
        services.AddHostedService<DeskRun>();
    }

    /// <summary>Binds a section strictly: a key that is not known, or a value that is not allowed, stops the start.</summary>
    private static void Bind<TOptions>(IHostApplicationBuilder builder, string section)
        where TOptions : class =>
        builder.Services.AddOptions<TOptions>()
            .Bind(builder.Configuration.GetSection(section), binder => binder.ErrorOnUnknownConfiguration = true)
            .ValidateDataAnnotations()
            .ValidateOnStart();

    private static FloodGate FloodGate(IServiceProvider provider)
    {
        var limits = provider.GetRequiredService<IOptions<LimitOptions>>().Value;
        return new FloodGate(
            provider.GetRequiredService<TurnQueue>(),
            new FloodLimits(limits.PersonBurst, limits.PersonPerMinute, limits.OrganisationWaiting),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<FloodGate>>());
    }

    private static CurrentDesk Desk(IServiceProvider provider)
    {
        var options = provider.GetRequiredService<IOptions<DeskOptions>>().Value;
        try
        {
            return new CurrentDesk(() => Read(options, provider), () => DeskFolder.Stamp(options.FullPath), provider.GetRequiredService<ILogger<CurrentDesk>>());
        }
        catch (UnusableDeskException faulty)
        {
            throw new SettingsException($"The desk in {options.FullPath} has {faulty.Message}");
        }
    }

    /// <summary>The files, and what the settings say about them.</summary>
    private static DeskReading Read(DeskOptions options, IServiceProvider provider)
    {
        var reading = DeskFolder.Read(options.FullPath);
        return reading is not DeskReading.Complete { Desk: var desk } ? reading
            : new DeskReading.Complete(WithOperators(WithoutDemoPeople(desk, options, provider.GetRequiredService<IHostEnvironment>()), options.Operators) with
            {
                Webhooks = [.. provider.GetRequiredService<IOptions<WebhookOptions>>().Value.Targets.Select(target => target.Name)],
            });
    }

    /// <summary>The bundled desk's people are for trying out: outside Development nobody must become an agent by an example address.</summary>
    private static DeskContent WithoutDemoPeople(DeskContent desk, DeskOptions options, IHostEnvironment environment) =>
        options.Path is null && !environment.IsDevelopment() ? desk with { People = [] } : desk;

    private static DeskContent WithOperators(DeskContent desk, IReadOnlyList<string> operators)
    {
        var people = desk.People.Select(person => operators.Contains(person.Email, StringComparer.OrdinalIgnoreCase) ? person with { Roles = [.. person.Roles.Append("operator").Distinct()] } : person).ToList();
        foreach (var email in operators.Where(email => !people.Exists(person => string.Equals(person.Email, email, StringComparison.OrdinalIgnoreCase))))
        {
            people.Add(new KnownPerson(email.Split('@')[0].ToLowerInvariant(), email.Split('@')[0], email, ["operator"], null, "", "", "en", desk.Policies.Digest.Zone, new Dictionary<string, string>(StringComparer.Ordinal)));
        }

        return desk with { People = people };
    }

    private static IDeskStore OpenStore(IServiceProvider provider)
    {
        var storage = provider.GetRequiredService<IOptions<StorageOptions>>().Value;
        var clock = provider.GetRequiredService<TimeProvider>();
        if (storage.Provider == StorageOptions.PostgreSql)
        {
            return new PostgreSqlDeskStore(storage.ConnectionString!, clock);
        }

        var folder = provider.GetRequiredService<IOptions<DataOptions>>().Value.FullPath;
        Directory.CreateDirectory(folder);
        return new SqliteDeskStore(string.IsNullOrEmpty(storage.ConnectionString) ? $"Data Source={Path.Combine(folder, "desk.db")}" : storage.ConnectionString, clock);
    }

    private static Func<DeskBrain> Brain(IServiceProvider provider)
    {
        var desk = provider.GetRequiredService<CurrentDesk>();
        var brain = new DeskBrain(
            desk.Content,
            AllDialogs.List,
            provider.GetRequiredService<QueryReading>(),
            [.. provider.GetServices<IOutlet>().Select(outlet => outlet.Channel)],
            provider.GetRequiredService<Phrasebook>());

        // Another one only when there is other content; two turns that find it at once make the same.
        return () => ReferenceEquals(brain.Desk, desk.Content) ? brain : brain = brain with { Desk = desk.Content };
    }
}

/// <summary>Settings or desk content that cannot be used; the message names each fault and what is allowed. Exit code 2.</summary>
public sealed class SettingsException(string message) : Exception(message);
