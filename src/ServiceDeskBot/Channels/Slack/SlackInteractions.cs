using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>Interactivity payloads as turns: buttons, menus, modals and shortcuts. What is not ours is <c>null</c>.</summary>
public sealed class SlackInteractions(TimeProvider clock)
{
    public const string CreateTicket = "create-ticket";

    /// <param name="names">Display names by account, for the people a picked message mentions.</param>
    public SlackDelivery? Translate(JsonElement payload, IReadOnlyDictionary<string, string> names) => payload.Text("type") switch
    {
        "block_actions" => Pressed(payload),
        "view_submission" => Submitted(payload),
        "view_closed" when payload.Part("view").Text("callback_id") == OrderForm.Action => Closed(payload),
        "message_action" when payload.Text("callback_id") == CreateTicket => MessagePicked(payload, names),
        "shortcut" => HelpWanted(payload),
        _ => null,
    };

    private SlackDelivery? Pressed(JsonElement payload)
    {
        var container = payload.Part("container");
        var message = payload.Part("message");
        var view = payload.Part("view");
        var press = payload.Items("actions").Select(action => (Action: action, Value: SlackPress.Read(action))).FirstOrDefault(press => press.Value is not null);
        if (press.Value is not { } value || payload.Part("user").Text("id") is not { } user)
        {
            return null;
        }

        var ts = container.Text("message_ts") ?? message.Text("ts");
        var isEphemeral = container.Flag("is_ephemeral");
        var origin = (container.Text("channel_id") ?? payload.Part("channel").Text("id")) is { } channel
            ? SlackOrigin.Of(channel, payload.Part("channel").Text("name"), container.Text("thread_ts") ?? message.Text("thread_ts"), ts, isEphemeral)
            : SlackOrigin.Of(view);
        var state = (view.ValueKind == JsonValueKind.Object ? view : payload).Part("state");
        var input = new Pressed(value.Action, value.Data, SlackPress.Fields(state), origin?.PostId);
        var at = press.Action.Text("action_ts");
        var key = $"press:{user}:{origin?.Channel}:{ts ?? view.Text("id")}:{press.Action.Text("action_id")}:{at ?? payload.Text("trigger_id")}";
        return Delivery(payload, key, user, origin, input, at) with { IsEphemeral = isEphemeral, ViewId = ts is null ? view.Text("id") : null };
    }

    private SlackDelivery? Submitted(JsonElement payload)
    {
        var view = payload.Part("view");
        if (payload.Part("user").Text("id") is not { } user || view.Text("id") is not { } id || view.Text("callback_id") is not { Length: > 0 } action)
        {
            return null;
        }

        var origin = SlackOrigin.Of(view);
        var fields = SlackPress.Fields(view.Part("state"));
        var input = new Pressed(action, SlackPress.FormData(view.Text("private_metadata")), fields, origin?.PostId);

        // A form that came back with faults keeps its id and hash, so what was typed tells the next attempt from a second delivery.
        var key = $"submit:{user}:{id}:{view.Text("hash")}:{Digest(fields)}";
        return Delivery(payload, key, user, origin, input, null) with { ViewId = id };
    }

    /// <summary>Sent for forms that keep a draft. Slack does not promise what was filled in: what the view holds is taken.</summary>
    private SlackDelivery? Closed(JsonElement payload)
    {
        var view = payload.Part("view");
        if (payload.Part("user").Text("id") is not { } user || view.Text("id") is not { } id || view.Text("callback_id") is not { Length: > 0 } action)
        {
            return null;
        }

        var input = new FormLeft(action, SlackPress.FormData(view.Text("private_metadata")), SlackPress.Fields(view.Part("state")));
        return Delivery(payload, $"closed:{user}:{id}", user, SlackOrigin.Of(view), input, null);
    }

    private SlackDelivery? MessagePicked(JsonElement payload, IReadOnlyDictionary<string, string> names)
    {
        var message = payload.Part("message");
        var ts = message.Text("ts") ?? payload.Text("message_ts");
        if (payload.Part("user").Text("id") is not { } user || payload.Part("channel").Text("id") is not { } channel || ts is null)
        {
            return null;
        }

        // The shortcut works anywhere, also in a chat of two other people, where the desk could not answer.
        var origin = SlackPlaces.IsDirect(channel) ? null : SlackOrigin.Of(channel, payload.Part("channel").Text("name"), message.Text("thread_ts"), ts, isEphemeral: false);
        var author = message.Text("bot_id") is null && message.Text("user") is { } writer ? new Sender(writer, writer) : null;
        var input = new TicketFromMessage(SlackText.Plain(message.Text("text") ?? "", null, names), ts, author);
        var at = payload.Text("action_ts");
        return Delivery(payload, $"picked:{user}:{channel}:{ts}:{at ?? payload.Text("trigger_id")}", user, origin, input, at);
    }

    private SlackDelivery? HelpWanted(JsonElement payload)
    {
        var at = payload.Text("action_ts") ?? payload.Text("trigger_id");
        return payload.Part("user").Text("id") is { } user && at is not null
            ? Delivery(payload, $"shortcut:{user}:{at}", user, null, new Said(SlackCommands.Help, $"shortcut-{at}"), at)
            : null;
    }

    private SlackDelivery Delivery(JsonElement payload, string key, string user, SlackOrigin? origin, TurnInput input, string? at)
    {
        var who = payload.Part("user");
        var team = payload.Part("view").Text("app_installed_team_id") ?? payload.Part("team").Text("id") ?? who.Text("team_id");
        var turn = new Turn(
            $"slack:{team}:{key}",
            origin?.Place(team) ?? SlackPlaces.Personal(user, team),
            new Sender(user, who.Text("name") ?? who.Text("username") ?? user),
            input,
            SlackJson.Moment(at) ?? clock.GetUtcNow());
        return new SlackDelivery(turn with { Trigger = payload.Text("trigger_id") })
        {
            ResponseUrl = Uri.TryCreate(payload.Text("response_url"), UriKind.Absolute, out var url) ? url : null,
        };
    }

    private static string Digest(IReadOnlyDictionary<string, string> fields) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(fields.OrderBy(field => field.Key, StringComparer.Ordinal)))))[..16];
}
