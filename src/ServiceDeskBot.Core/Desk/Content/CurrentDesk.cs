using Microsoft.Extensions.Logging;

namespace ServiceDeskBot.Core.Desk.Content;

/// <summary>
/// The content that the desk runs by at the moment. Its owner may change the files while the desk runs: what can be used is taken up whole,
/// what has faults changes nothing, and says so.
/// </summary>
public sealed partial class CurrentDesk
{
    private readonly Func<DeskReading> _read;
    private readonly Func<string> _stamp;
    private readonly ILogger<CurrentDesk> _logger;
    private volatile DeskContent _content;
    private string _seen;

    /// <param name="read">Reads the content anew.</param>
    /// <param name="stamp">Differs from its earlier value when <paramref name="read"/> may find another.</param>
    /// <exception cref="UnusableDeskException">The content has faults from the start.</exception>
    public CurrentDesk(Func<DeskReading> read, Func<string> stamp, ILogger<CurrentDesk> logger)
    {
        (_read, _stamp, _logger) = (read, stamp, logger);
        _seen = stamp();
        _content = read() switch
        {
            DeskReading.Complete complete => complete.Desk,
            DeskReading.Faulty faulty => throw new UnusableDeskException(faulty.Faults),
            _ => throw new InvalidOperationException("A reading is complete or faulty."),
        };
    }

    public DeskContent Content => _content;

    /// <summary>Reads the files again if they have changed.</summary>
    /// <exception cref="IOException">The files cannot be read at the moment.</exception>
    /// <exception cref="UnauthorizedAccessException">They must not be read.</exception>
    public void Refresh()
    {
        var stamp = _stamp();
        if (stamp == _seen)
        {
            return;
        }

        var reading = _read();
        _seen = stamp;
        if (reading is DeskReading.Faulty { Faults: var faults })
        {
            LogKept(faults.Count, string.Join('\n', faults));
            _content = _content with { Problem = faults[0].ToString() };
            return;
        }

        var desk = ((DeskReading.Complete)reading).Desk;
        LogTaken(desk.Teams.Count, desk.Services.Count, desk.Catalogue.Count, desk.Articles.Count);
        _content = desk;
    }

    [LoggerMessage(6101, LogLevel.Information, "The desk's changed content is in use: {Teams} teams, {Services} services, {Items} catalogue items, {Articles} articles")]
    private partial void LogTaken(int teams, int services, int items, int articles);

    [LoggerMessage(6102, LogLevel.Warning, "The desk's content was changed and has {Count} fault(s); the desk goes on with the content before:\n{Faults}")]
    private partial void LogKept(int count, string faults);
}

/// <summary>Content that no desk can run by.</summary>
/// <param name="faults">Each of them; at least one.</param>
public sealed class UnusableDeskException(IReadOnlyList<DeskFault> faults) : Exception($"{faults.Count} fault(s):\n{string.Join('\n', faults)}");
