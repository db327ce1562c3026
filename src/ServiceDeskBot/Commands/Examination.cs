using System.Globalization;
using Microsoft.Extensions.Options;
using ServiceDeskBot.Api;
using ServiceDeskBot.Channels.Slack;
using ServiceDeskBot.Channels.Teams;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Triage.Reports;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Hosting;
using ServiceDeskBot.Storage;
using ServiceDeskBot.Storage.PostgreSql;
using ServiceDeskBot.Triage.Artefacts;

namespace ServiceDeskBot.Commands;

/// <summary>Looks at everything a desk needs to speak. A part that cannot be looked at is itself a finding; the others are still looked at.</summary>
internal sealed class Examination(IServiceProvider services)
{
    private readonly List<Finding> _findings = [];

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellationToken)
    {
        if (Settings() && Desk() is { } desk)
        {
            var platforms = Platforms();
            await StoreAsync(desk, platforms, cancellationToken);
            People(desk);
        }

        Model();
        Clock();
        return _findings;
    }

    private bool Settings()
    {
        var sound = Read<DataOptions>() & Read<StorageOptions>() & Read<DeskOptions>() & Read<TriageOptions>() & Read<TeamsOptions>() & Read<SlackOptions>() & Read<ApiOptions>();
        if (sound)
        {
            Add(Weight.Fine, "The settings are complete and known.");
        }

        return sound;
    }

    private bool Read<TOptions>()
        where TOptions : class
    {
        try
        {
            _ = services.GetRequiredService<IOptions<TOptions>>().Value;
            return true;
        }
        catch (Exception wrong) when (DeskCommands.SettingsFault(wrong) is { } sentence)
        {
            Add(Weight.Silent, sentence);
            return false;
        }
    }

    private DeskContent? Desk()
    {
        try
        {
            var desk = services.GetRequiredService<DeskContent>();
            Add(Weight.Fine, $"The desk's content is sound: {desk.Teams.Count} teams, {desk.Services.Count} services, {desk.Catalogue.Count} things to order, {desk.Articles.Count} articles.");
            return desk;
        }
        catch (SettingsException faulty)
        {
            Add(Weight.Silent, faulty.Message);
            return null;
        }
    }

    /// <summary>The platforms that are set up.</summary>
    private List<string> Platforms()
    {
        List<string> platforms = [];
        var teams = services.GetRequiredService<IOptions<TeamsOptions>>().Value;
        var slack = services.GetRequiredService<IOptions<SlackOptions>>().Value;
        var development = services.GetRequiredService<IHostEnvironment>().IsDevelopment();
        if (teams.IsRegistered)
        {
            platforms.Add("teams");
            AddIf(teams.AppPassword.Length > 0, "Teams: the bot is registered.", Weight.Silent, "Teams: Teams:AppId is set and Teams:AppPassword is empty, so the desk cannot answer there; set the client secret of the registration.");
        }

        if (slack.SigningSecret.Length > 0)
        {
            platforms.Add("slack");
            AddIf(slack.BotToken.Length > 0, "Slack: the credentials are there.", Weight.Silent, "Slack: Slack:BotToken is empty, so the desk cannot answer there; set the token that Install App shows.");
        }

        if (platforms.Count == 0)
        {
            Add(
                development ? Weight.Note : Weight.Silent,
                development
                    ? "Neither Teams nor Slack is set up: only the local console answers; set Teams:AppId or Slack:SigningSecret to go live."
                    : "Neither Teams nor Slack is set up, and the local console exists in Development only: set Teams:AppId and Teams:AppPassword, or Slack:SigningSecret and Slack:BotToken.");
        }

        if (development)
        {
            platforms.Add("local");
        }

        return platforms;
    }

    private async Task StoreAsync(DeskContent desk, List<string> platforms, CancellationToken cancellationToken)
    {
        var store = services.GetRequiredService<IDeskStore>();
        var database = store is PostgreSqlDeskStore shared ? shared.Name : $"in {services.GetRequiredService<IOptions<DataOptions>>().Value.FullPath}";
        try
        {
            await store.OpenAsync(cancellationToken);
            await using var snapshot = await store.SnapshotAsync(cancellationToken);
            var figures = await snapshot.FiguresAsync();
            await services.GetRequiredService<SharedShelf>().FollowAsync(cancellationToken);
            Add(Weight.Fine, $"The database {database} opens: {figures.Tickets} tickets, {figures.OpenTickets} of them open, {figures.UnsentMessages} messages to send.");
            if (figures.HeldMessages > 0)
            {
                Add(Weight.Note, $"{figures.HeldMessages} message(s) wait for a platform that does not take them; the log says why.");
            }

            if (figures.DeadLetters > 0)
            {
                Add(Weight.Note, $"{figures.DeadLetters} message(s) could never be delivered; the log says why each time.");
            }

            await BindingsAsync(desk, platforms, snapshot);
            await DriftAsync(snapshot);
        }
        catch (DatabaseInUseException)
        {
            Add(Weight.Note, $"A desk is running on the database {database}: channel bindings could not be looked at; stop it and run doctor again to see them.");
        }
        catch (Exception failure) when (failure is StoreUnavailableException or DatabaseIsNewerException or IOException or UnauthorizedAccessException or System.Data.Common.DbException)
        {
            Add(Weight.Silent, $"The database {database} does not open: {failure.Message} Set Data:Path or Storage:ConnectionString to a place the desk may write to.");
        }
    }

    private async Task BindingsAsync(DeskContent desk, List<string> platforms, IDeskSnapshot snapshot)
    {
        var homeless = new List<string>();
        foreach (var team in desk.Teams)
        {
            var stored = await snapshot.ChannelsOfTeamAsync(team.Id);
            if (!stored.Any(place => platforms.Contains(place.Channel)) && !team.Channels.Keys.Any(platforms.Contains))
            {
                homeless.Add(team.Id);
            }
        }

        if (homeless.Count == 0)
        {
            Add(Weight.Fine, "Every team has a channel for its cards.");
        }
        else if (homeless.Count == desk.Teams.Count)
        {
            Add(Weight.Silent, "No team has a channel on a platform that is set up, so nobody would see a ticket: invite the bot to a team's channel and say 'bind TEAM' there, or name channels in teams.yaml.");
        }
        else
        {
            Add(Weight.Note, $"Without a channel of their own: {string.Join(", ", homeless)}; their cards go to the first team or the lead. Say 'bind TEAM' to the bot in their channel.");
        }
    }

    /// <summary>A model that reads messages of another kind than it learned from is loaded all right and wrong all the same.</summary>
    private async Task DriftAsync(IDeskSnapshot snapshot)
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var model = services.GetRequiredService<RunningTriage>();
        foreach (var report in DriftReport.From(model, await snapshot.PredictionsAsync(now - TriageReports.Window, now)).Where(report => report.State == DriftState.Parted))
        {
            Add(Weight.Note, $"What {model.Version} predicts for '{report.Head}' has parted from what it was trained on ({report.Predictions} predictions): see report drift, correct and review what it reads wrongly, and train a new one.");
        }
    }

    private void People(DeskContent desk)
    {
        var known = desk.People.ToDictionary(person => person.Id, StringComparer.Ordinal);
        AddIf(
            desk.People.Any(person => person.Roles.Contains("operator")),
            $"{desk.People.Count} people are known beforehand, an operator among them.",
            Weight.Note,
            "Nobody is an operator in people.yaml or Desk:Operators: set Desk:Operators to somebody's address, or say users add --email ADDRESS --role operator.");
        foreach (var team in desk.Teams.Where(team => !known.ContainsKey(team.Lead)))
        {
            Add(Weight.Note, $"The lead of '{team.Id}', '{team.Lead}', is not in people.yaml: nobody is asked when no one claims; add them there.");
        }
    }

    private void Model()
    {
        var triage = services.GetRequiredService<RunningTriage>();
        AddIf(triage.Problem is null, $"The model {triage.Version} is loaded.", Weight.Note, $"Triage runs on {triage.Version}: {triage.Problem}");
    }

    /// <summary>Slack refuses signatures and Teams refuses tokens that are minutes off; without asking the network, a clock behind the program's own files is surely wrong.</summary>
    private void Clock()
    {
        var now = services.GetRequiredService<TimeProvider>().GetUtcNow();
        var built = new DateTimeOffset(File.GetLastWriteTimeUtc(typeof(Examination).Assembly.Location), TimeSpan.Zero);
        var text = now.ToString("u", CultureInfo.InvariantCulture);
        AddIf(now > built - TimeSpan.FromDays(1), $"The clock says {text}.", Weight.Silent, $"The clock says {text}, which is before this program was made: set the clock, since Slack and Teams refuse calls that are minutes off.");
    }

    private void AddIf(bool fine, string sentence, Weight otherwise, string fault) => Add(fine ? Weight.Fine : otherwise, fine ? sentence : fault);

    private void Add(Weight weight, string sentence) => _findings.Add(new Finding(weight, sentence));
}
