namespace ServiceDeskBot.Simulation.Hosts;

/// <summary>What hosts log as errors belongs into the story; an error that no injected fault explains is a finding.</summary>
internal sealed class HostLog(Journal journal, Action<string> unexpected)
{
    public ILogger<T> For<T>() => new Logger<T>(this);

    private void Take(LogLevel level, string text, Exception? failure)
    {
        if (level < LogLevel.Warning)
        {
            return;
        }

        journal.Write($"log {level}: {text}{(failure is null ? "" : $" [{failure.GetType().Name}]")}");
        if (level >= LogLevel.Error && failure is not Core.Turns.StoreUnavailableException)
        {
            unexpected($"{text}\n{failure}");
        }
    }

    private sealed class Logger<T>(HostLog log) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Warning;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            log.Take(logLevel, formatter(state, exception), exception);
    }
}
