using System.Text.Json;
using ServiceDeskBot.Channels.Teams.Activities;
using ServiceDeskBot.Core.Outgoing;

namespace ServiceDeskBot.Channels.Teams.Connector;

/// <summary>How a call to the connector ended.</summary>
internal abstract record ConnectorReply
{
    private ConnectorReply()
    {
    }

    /// <summary>Any 2xx. The body may be empty.</summary>
    public sealed record Ok(JsonElement Body) : ConnectorReply
    {
        /// <summary>The new activity's or conversation's id; <c>null</c> when the connector kept it to itself.</summary>
        public string? Id => Body.Member("id").Text();

        public string? ActivityId => Body.Member("activityId").Text();
    }

    /// <param name="Code">The connector's own word, e.g. <c>MessageWritesBlocked</c>; <c>HTTP 502</c> where the body was no JSON.</param>
    public sealed record Fault(int Status, string Code, TimeSpan? RetryAfter) : ConnectorReply;

    /// <summary>No answer: network, timeout, or no token to go with it.</summary>
    public sealed record Unreachable(string Reason) : ConnectorReply;

    /// <summary>What a failure means to the outbox. Unknown refusals are final: the same message would be refused again.</summary>
    public SendResult AsFailure() => this switch
    {
        Fault { Status: 401 or 408 or 412 or 429 or >= 500 and not 501 } fault => new SendResult.Later($"{fault.Status} {fault.Code}", fault.RetryAfter),
        Fault fault => new SendResult.Refused($"{fault.Status} {fault.Code}"),
        Unreachable unreachable => new SendResult.Later(unreachable.Reason, null),
        _ => throw new InvalidOperationException("The call succeeded."),
    };

    /// <summary>As <see cref="AsFailure"/>, for a change of a message: a 404 that does not name the conversation is about the message.</summary>
    public SendResult AsUpdateFailure() => this is Fault { Status: 404 } fault && !fault.Code.StartsWith("Conversation", StringComparison.OrdinalIgnoreCase)
        ? new SendResult.Vanished($"404 {fault.Code}")
        : AsFailure();
}
