using System.Net.Sockets;
using Npgsql;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.PostgreSql;

/// <summary>What a failure of the database means to the desk: decide again, wait for the server, or our own mistake.</summary>
internal static class PostgreSqlFailures
{
    /// <summary>The unit met another one; <c>null</c> when it is something else.</summary>
    public static CommitResult? Conflict(PostgresException failure) => failure.SqlState switch
    {
        PositionalSql.OutOfTurn => CommitResult.OutOfTurn,
        PositionalSql.Conflict or PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure => CommitResult.Conflict,
        _ => null,
    };

    /// <summary>
    /// True for what concerns the server as a whole and not the one request: not reachable, not to be entered, starting, stopping, read-only,
    /// out of connections, memory or disk, too slow.
    /// </summary>
    public static bool IsOfTheServer(Exception failure) => failure switch
    {
        PostgresException { SqlState: var state } => state is "25006" || state[..2] is "08" or "28" or "3D" or "53" or "57" or "58",
        NpgsqlException or ObjectDisposedException or SocketException or IOException or TimeoutException => true,
        _ => false,
    };

    public static StoreUnavailableException Unavailable(Exception reason) => new($"The database does not answer: {reason.Message}", reason);
}
