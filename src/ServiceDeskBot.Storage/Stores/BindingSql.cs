using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;

namespace ServiceDeskBot.Storage.Stores;

internal static class BindingSql
{
    public static readonly Statement Bind = new(
        """
        INSERT INTO bindings (tenant_id, channel, conversation, team, place) VALUES (@tenant, @channel, @conversation, @team, @place)
        ON CONFLICT (tenant_id, channel, conversation) DO UPDATE SET team = excluded.team, place = excluded.place
        """);

    public static readonly Statement Free = new(
        "DELETE FROM bindings WHERE tenant_id = @tenant AND channel = @channel AND conversation = @conversation");

    public static readonly Statement TeamOf = new(
        "SELECT team FROM bindings WHERE tenant_id = @tenant AND channel = @channel AND conversation = @conversation");

    public static readonly Statement ChannelsOf = new(
        "SELECT place FROM bindings WHERE tenant_id = @tenant AND team = @team ORDER BY channel, conversation");

    public static Step Put(BindTeam bind) => bind.Team is null
        ? Free.With(bind.Channel, bind.Conversation)
        : Bind.With(bind.Channel, bind.Conversation, bind.Team, Stored.Json(bind.Place));

    public static Place Row(IRow row) => row.Json<Place>(0);
}
