using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>Keeps every log line, so that tests can look for what must, or must never, be in there.</summary>
public sealed class LogKeeper : ILoggerProvider
{
    private readonly ConcurrentQueue<LogLine> _lines = new();

    public IReadOnlyCollection<LogLine> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Keeper(categoryName, _lines);

    public void Dispose()
    {
    }

    private sealed class Keeper(string category, ConcurrentQueue<LogLine> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue(new LogLine(logLevel, $"{category}: {formatter(state, exception)} {exception}"));
    }
}

public sealed record LogLine(LogLevel Level, string Text);
