using System.Text.Json;
using ServiceDeskBot.Core.Conversations;

namespace ServiceDeskBot.Channels.Slack;

/// <summary>The Events API's <c>event_callback</c> as a turn. Only translates; what the desk has no use for is <c>null</c>.</summary>
public sealed class SlackEvents(TimeProvider clock)
{
    /// <summary>The bot as the delivery itself names it, or <c>null</c>.</summary>
    public static SlackBot? BotOf(JsonElement envelope) =>
        envelope.Items("authorizations")
            .Where(authorization => authorization.Flag("is_bot"))
            .Select(authorization => authorization.Text("team_id") is { } team && authorization.Text("user_id") is { } user ? new SlackBot(team, user) : null)
            .FirstOrDefault();

    /// <summary>Whom a post or an edit mentions besides the bot.</summary>
    public static IReadOnlyList<string> Mentioned(JsonElement envelope, SlackBot? bot)
    {
        var happened = envelope.Part("event");
        return SlackText.Mentioned(happened.Text("text") ?? happened.Part("message").Text("text"), bot?.User);
    }

    /// <param name="bot">The desk's own identity; <c>null</c> while Slack has not told.</param>
    /// <param name="names">Display names by account, for the people a text mentions.</param>
    /// <exception cref="JsonException">There is no event in it.</exception>
    public Turn? Translate(JsonElement envelope, SlackBot? bot, IReadOnlyDictionary<string, string> names)
    {
        var happened = envelope.Part("event");
        if (happened.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("An event_callback without an event.");
        }

        var heard = new Heard(
            happened,
            BotOf(envelope)?.Team ?? envelope.Text("team_id") ?? bot?.Team ?? "",
            bot?.User,
            names,
            envelope.Text("event_id"),
            SlackJson.Moment(happened.Text("event_ts")) ?? SlackJson.Moment(happened.Text("ts")) ?? clock.GetUtcNow());
        return happened.Text("type") switch
        {
            "message" => Message(heard),
            "app_mention" => Posted(heard, isMention: true),
            "reaction_added" => Reaction(heard, added: true),
            "reaction_removed" => Reaction(heard, added: false),
            "app_home_opened" => HomeOpened(heard),
            "member_joined_channel" when heard.User == heard.Bot => Joined(heard),
            "member_left_channel" when heard.User == heard.Bot => Left(heard),
            "channel_left" or "group_left" => Left(heard),
            "app_uninstalled" => Uninstalled(heard),
            "tokens_revoked" when happened.Part("tokens").Items("bot").Any() => Uninstalled(heard),
            _ => null,
        };
    }

    private static Turn? Message(Heard heard) => heard.Event.Text("subtype") switch
    {
        // A broadcast reply comes under this subtype alone, so leaving it out would lose a person's words in a thread.
        null or "" or "file_share" or "me_message" or "thread_broadcast" => Posted(heard, isMention: false),
        "message_changed" => Changed(heard),
        "message_deleted" => Gone(heard, heard.Event.Part("previous_message"), heard.Event.Text("deleted_ts")),
        _ => null,
    };

    private static Turn? Posted(Heard heard, bool isMention)
    {
        var post = heard.Event;
        if (!IsFromPerson(post, heard.Bot) || heard.Channel is not { } channel || post.Text("ts") is not { } ts || post.Flag("hidden"))
        {
            return null;
        }

        var text = TextOf(post);
        var bot = isMention ? NamedIn(text, heard.Bot) : heard.Bot;
        var place = heard.Place(channel, post);
        var said = new Said(SlackText.Plain(text, bot, heard.Names), ts)
        {
            Addressed = isMention || place.Kind == PlaceKind.Personal || SlackText.Mentions(text, bot),
            RepliesTo = place.Thread is null && post.Text("thread_ts") is { } root && root != ts ? root : null,
            Attachments = [.. post.Items("files").Select(File)],
        };

        // One post comes as message.channels and as app_mention, in any order and with two event ids. A post's ts is unique
        // in its channel, and the mention's twin of a file upload has no subtype: so the subtype stays out of a new post's key.
        return heard.Turn($"{channel}:{ts}", place, heard.User!, said);
    }

    /// <summary>A message that was forwarded hangs below the sender's own words, which may be none.</summary>
    private static string TextOf(JsonElement post) => string.Join(
        '\n',
        post.Items("attachments").Where(attachment => attachment.Flag("is_share")).Select(attachment => attachment.Text("text"))
            .Prepend(post.Text("text"))
            .Where(text => !string.IsNullOrEmpty(text)));

    /// <summary>A mention names the bot for sure, be it by an id that Slack has not told us.</summary>
    private static string? NamedIn(string text, string? bot) =>
        !SlackText.Mentions(text, bot) && SlackText.Mentioned(text, null) is [var first, ..] ? first : bot;

    private static Turn? Changed(Heard heard)
    {
        var message = heard.Event.Part("message");
        var before = heard.Event.Part("previous_message");
        if (message.Text("subtype") == "tombstone")
        {
            return Gone(heard, before, message.Text("ts"));
        }

        // Unfurled links and counted replies change a message too; its words stay.
        var text = message.Text("text") ?? "";
        if (!IsFromPerson(message, heard.Bot) || text == before.Text("text") || heard.Channel is not { } channel || message.Text("ts") is not { } ts)
        {
            return null;
        }

        var editedAt = message.Part("edited").Text("ts") ?? heard.Event.Text("event_ts") ?? heard.Event.Text("ts");
        return heard.Turn($"{channel}:{ts}:edited:{editedAt}", heard.Place(channel, message), message.Text("user")!, new Edited(ts, SlackText.Plain(text, heard.Bot, heard.Names)));
    }

    private static Turn? Gone(Heard heard, JsonElement message, string? ts) =>
        IsFromPerson(message, heard.Bot) && heard.Channel is { } channel && ts is not null
            ? heard.Turn($"{channel}:{ts}:deleted", heard.Place(channel, message), message.Text("user")!, new Deleted(ts))
            : null;

    private static Turn? Reaction(Heard heard, bool added)
    {
        var item = heard.Event.Part("item");
        return heard.User is { } user && user != heard.Bot && heard.Bot is not null && heard.Event.Text("item_user") == heard.Bot
            && item.Text("channel") is { } channel && item.Text("ts") is { } ts && heard.Event.Text("reaction") is { } reaction
                ? heard.Turn($"event:{heard.Id}", heard.Place(channel, item), user, new Reacted(ts, reaction.Split("::")[0], added))
                : null;
    }

    // Opening the app is greeted once; the key has no moment in it.
    private static Turn? HomeOpened(Heard heard) => heard.User is not { } user ? null : heard.Turn(
        $"home:{user}",
        heard.Channel is { } channel && SlackPlaces.IsDirect(channel)
            ? SlackPlaces.At(channel, PlaceKind.Personal, null, null, heard.Team)
            : SlackPlaces.Personal(user, heard.Team),
        user,
        new Arrived());

    private static Turn? Joined(Heard heard) => heard is { Channel: { } channel, Bot: { } bot }
        ? heard.Turn($"event:{heard.Id}", heard.Place(channel, default), heard.Event.Text("inviter") ?? bot, new Arrived())
        : null;

    private static Turn? Left(Heard heard) => heard.Channel is { } channel
        ? heard.Turn($"event:{heard.Id}", heard.Place(channel, default), heard.Bot ?? heard.Team, new Departed())
        : null;

    private static Turn Uninstalled(Heard heard) =>
        heard.Turn($"event:{heard.Id}", SlackPlaces.At(heard.Team, PlaceKind.Channel, null, null, heard.Team), heard.Bot ?? heard.Team, new Departed());

    /// <summary>False for the desk's own words and those of other bots, which would answer each other for ever.</summary>
    private static bool IsFromPerson(JsonElement message, string? bot) =>
        message.Text("user") is { } user and not "USLACKBOT" && user != bot && message.Text("bot_id") is null;

    private static Attachment File(JsonElement file) => new(
        file.Text("name") ?? file.Text("title") ?? "file",
        file.Text("mimetype") is { Length: > 0 } type ? type : "application/octet-stream",
        file.Text("permalink"),
        file.Number("size"));

    private sealed record Heard(JsonElement Event, string Team, string? Bot, IReadOnlyDictionary<string, string> Names, string? Id, DateTimeOffset At)
    {
        public string? User => Event.Text("user");

        public string? Channel => Event.Text("channel");

        public Place Place(string channel, JsonElement message) =>
            SlackPlaces.At(channel, SlackPlaces.KindOf(ChannelType, channel), message.Text("thread_ts"), message.Text("ts"), Team);

        public Turn Turn(string key, Place place, string user, TurnInput input) =>
            new($"slack:{Team}:{key}", place, new Sender(user, user), input, At);

        /// <summary>Membership events write <c>C</c> and <c>G</c> here, which says no more than the id.</summary>
        private string? ChannelType => Event.Text("channel_type") is { Length: > 1 } type ? type : null;
    }
}
