namespace ServiceDeskBot.Channels.Teams;

/// <summary>Every log line of the Teams channel. Ids and codes only, never a person's words.</summary>
internal static partial class TeamsLog
{
    [LoggerMessage(2001, LogLevel.Warning, "Refused an activity with {Status}: {Reason}")]
    public static partial void ActivityRefused(this ILogger logger, int status, string reason);

    [LoggerMessage(2002, LogLevel.Debug, "Ignored an activity of type {Type} {Name}")]
    public static partial void ActivityIgnored(this ILogger logger, string type, string? name);

    [LoggerMessage(2003, LogLevel.Error, "The store did not take turn {Key}; Teams is asked to deliver again")]
    public static partial void StoreUnavailable(this ILogger logger, string key, Exception exception);

    [LoggerMessage(2004, LogLevel.Warning, "Turn {Key} took longer than {Patience}; Teams was answered before it was decided")]
    public static partial void AnsweredEarly(this ILogger logger, string key, TimeSpan patience);

    [LoggerMessage(2005, LogLevel.Warning, "Signing keys could not be read from {Url}; keys known before stay in use: {Known}")]
    public static partial void SigningKeysUnavailable(this ILogger logger, string url, bool known, Exception exception);

    [LoggerMessage(2006, LogLevel.Information, "Read {Count} signing keys from {Url}")]
    public static partial void SigningKeysRead(this ILogger logger, int count, string url);

    [LoggerMessage(2007, LogLevel.Warning, "Connector {Method} {Path} answered {Status} {Code} (MS-CV {CorrelationVector})")]
    public static partial void ConnectorFault(this ILogger logger, string method, string path, int status, string code, string? correlationVector);

    [LoggerMessage(2008, LogLevel.Warning, "Connector {Method} {Path} could not be reached: {Reason}")]
    public static partial void ConnectorUnreachable(this ILogger logger, string method, string path, string reason);

    [LoggerMessage(2009, LogLevel.Debug, "Connector {Method} {Path} answered {Status} (MS-CV {CorrelationVector})")]
    public static partial void ConnectorAnswered(this ILogger logger, string method, string path, int status, string? correlationVector);

    [LoggerMessage(2010, LogLevel.Information, "{Account} goes on without an e-mail address: {Reason}")]
    public static partial void NoAddress(this ILogger logger, string account, string reason);

    [LoggerMessage(2011, LogLevel.Error, "No token for the connector: {Reason}")]
    public static partial void NoConnectorToken(this ILogger logger, string reason);

    [LoggerMessage(2012, LogLevel.Information, "Teams:AppId is empty: unsigned activities from this machine are taken at /api/messages")]
    public static partial void UnsignedMode(this ILogger logger);

    [LoggerMessage(2013, LogLevel.Information, "Teams:AppId is empty: /api/messages answers 401")]
    public static partial void ChannelClosed(this ILogger logger);
}
