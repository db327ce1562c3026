using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Storage.Stores;

internal static class ConversationSql
{
    public static readonly Statement Begin = new(
        """
        INSERT INTO conversations (tenant_id, conversation, person, version, body)
        VALUES (@tenant, @conversation, @person, 1, @body)
        ON CONFLICT (tenant_id, conversation, person) DO NOTHING
        """);

    public static readonly Statement Continue = new(
        """
        UPDATE conversations SET version = version + 1, body = @body
        WHERE tenant_id = @tenant AND conversation = @conversation AND person = @person AND version = @version
        """);

    public static readonly Statement Find = new(
        "SELECT version, body FROM conversations WHERE tenant_id = @tenant AND conversation = @conversation AND person = @person");

    public static ConversationState Row(IRow row) => row.Json<ConversationState>(1) with { Version = row.GetInt32(0) };
}
