using Microsoft.Extensions.Options;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Triage;
using ServiceDeskBot.Triage.Artefacts;
using ServiceDeskBot.Triage.Rules;

namespace ServiceDeskBot.Hosting;

/// <summary>Puts the desk's models together: the one that runs, and the one in its shadow.</summary>
internal static class DeskTriage
{
    public static ModelShelf Shelf(IServiceProvider provider) =>
        new(Path.Combine(provider.GetRequiredService<IOptions<DataOptions>>().Value.FullPath, "models"), TriageModelLoader.BundledPath);

    public static RunningTriage Running(IServiceProvider provider)
    {
        var logger = provider.GetRequiredService<ILogger<RunningTriage>>();
        if (!provider.GetRequiredService<IOptions<TriageOptions>>().Value.Enabled)
        {
            return new RunningTriage(() => new LoadedTriage(new RulesTriageModel(), null, "The trained model is switched off (Triage:Enabled): keyword rules read messages, and people decide."), () => "", logger);
        }

        var shelf = provider.GetRequiredService<ModelShelf>();
        return new RunningTriage(shelf.Load, () => shelf.Stamp, logger);
    }

    public static ShadowModel Shadow(IServiceProvider provider)
    {
        if (provider.GetRequiredService<IOptions<TriageOptions>>().Value.Shadow is not { Length: > 0 } shadow)
        {
            return new ShadowModel(null);
        }

        var path = shadow == "candidate" ? provider.GetRequiredService<ModelShelf>().Candidate : shadow;
        return Artefact.Read(path) switch
        {
            ArtefactReading.Loaded(var classifier) when TriageModel.Answers(classifier) => new ShadowModel(new TriageModel(classifier)),
            ArtefactReading.Refused(var reason) => throw new SettingsException($"Triage:Shadow is '{shadow}'. {reason} Allowed: the path of a model, or 'candidate' after train --with-corrections."),
            _ => throw new SettingsException($"Triage:Shadow is '{shadow}', a model that was trained on a single column and cannot triage. Allowed: the path of a model, or 'candidate' after train --with-corrections."),
        };
    }
}
