using Microsoft.Extensions.Logging;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Triage.Rules;

namespace ServiceDeskBot.Triage.Artefacts;

/// <summary>
/// The model that the desk asks, whichever that is at the moment: another one can be promoted or rolled back while the
/// desk runs, and one that fails gives way to the keyword rules for that message.
/// </summary>
public sealed partial class RunningTriage : ITriageModel
{
    private readonly Func<LoadedTriage> _load;
    private readonly Func<string> _stamp;
    private readonly ILogger<RunningTriage> _logger;
    private readonly RulesTriageModel _rules = new();
    private volatile LoadedTriage _now;
    private string _seen;

    /// <param name="load">Finds the model to run.</param>
    /// <param name="stamp">Differs from its earlier value when <paramref name="load"/> may find another.</param>
    public RunningTriage(Func<LoadedTriage> load, Func<string> stamp, ILogger<RunningTriage> logger)
    {
        (_load, _stamp, _logger) = (load, stamp, logger);
        _seen = stamp();
        _now = load();
    }

    public string Version => _now.Model.Version;

    public string? Problem => _now.Problem;

    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, double>> TrainingShares => _now.Model.TrainingShares;

    public Prediction Predict(string text)
    {
        try
        {
            return _now.Model.Predict(text);
        }
        catch (Exception failure) when (failure is not OutOfMemoryException)
        {
            LogFailed(failure, Version);
            return _rules.Predict(text);
        }
    }

    /// <summary>Takes another model up if another shall run. One that cannot be loaded changes nothing: what runs goes on, and the problem is said.</summary>
    public void Refresh()
    {
        var stamp = _stamp();
        if (stamp == _seen)
        {
            return;
        }

        _seen = stamp;
        var found = _load();
        if (found.Problem is { } problem && !_now.IsFallback)
        {
            _now = _now with { Problem = problem };
            LogKept(Version, problem);
        }
        else
        {
            _now = found;
            LogTaken(Version);
        }
    }

    [LoggerMessage(6001, LogLevel.Information, "Triage runs on {Version} from now on")]
    private partial void LogTaken(string version);

    [LoggerMessage(6002, LogLevel.Warning, "Triage stays on {Version}: {Problem}")]
    private partial void LogKept(string version, string problem);

    [LoggerMessage(6003, LogLevel.Error, "The model {Version} failed on a message; keyword rules read it")]
    private partial void LogFailed(Exception failure, string version);
}
