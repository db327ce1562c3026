using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms.Slack;

/// <summary>Slack over the Events API, Interactivity and slash commands, signed.</summary>
public sealed class SlackPlatform : ChatPlatform
{
    public const string Team = "T0001";
    public const string Bot = "UDESKBOT";
    public const string SigningSecret = "8f742231b10e8888abcd99yyyzzz85a5";

    private readonly ConcurrentDictionary<string, (ChatPerson Person, SeenPost From)> _triggers = new(StringComparer.Ordinal);
    private ManualClock _clock = null!;
    private long _events;

    public override string Name => "slack";

    public override IReadOnlyList<string> Settings =>
        [$"--Slack:SigningSecret={SigningSecret}", "--Slack:BotToken=xoxb-of-the-desk", $"--Slack:ApiUrl={Web.Url}/api/"];

    public SlackStub Web { get; private set; } = null!;

    /// <summary>Display names that differ from the account's.</summary>
    public Dictionary<string, string> DisplayNames { get; } = new(StringComparer.Ordinal);

    public override async Task OpenAsync(ManualClock clock)
    {
        _clock = clock;
        Web = await SlackStub.StartAsync();
        Web.DisplayNameOf = name => DisplayNames.GetValueOrDefault(name);
        Web.ModalOpened = (trigger, view) =>
        {
            if (_triggers.TryGetValue(trigger, out var pressed))
            {
                pressed.Person.Form = new SeenForm(BlockKitReader.ReadModal(view), pressed.From, view);
            }
        };
    }

    public static string AccountOf(string person) => "U" + person.ToUpperInvariant().Replace("-", "0", StringComparison.Ordinal);

    /// <summary>The only dash in our names stands before a number.</summary>
    public static string NameOfAccount(string account)
    {
        var name = account[1..].ToLowerInvariant();
        return name.StartsWith("agent0", StringComparison.Ordinal) ? $"agent-{name[6..]}" : name;
    }

    public static string ChatOfAccount(string account) => "D" + account[1..];

    public override string ChatOf(string person) => ChatOfAccount(AccountOf(person));

    public override string ChannelOf(string team) => "C" + team.ToUpperInvariant().Replace("-", "0", StringComparison.Ordinal);

    public override async Task<string> SayAsync(string person, Said said)
    {
        var isChannel = said.Conversation[0] == 'C';
        var named = isChannel && said.Mention;
        var post = Web.Board.Add(SlackStub.Ts, said.Conversation, said.Thread, person, null, SeenCard.Plain(said.Text));
        var message = Message(person, post.Id, said.Conversation, (named ? $"<@{Bot}> " : "") + Escape(said.Text));
        if (said.Thread is not null)
        {
            message["thread_ts"] = said.Thread;
        }

        if (said.Files.Count > 0)
        {
            message["subtype"] = "file_share";
            message["files"] = new JsonArray([.. said.Files.Select(FileOf)]);
        }

        if (named)
        {
            // With both subscriptions one post comes twice, under two event ids.
            var mention = message.DeepClone().AsObject();
            mention["type"] = "app_mention";
            mention.Remove("channel_type");
            await Task.WhenAll(EventAsync(message), EventAsync(mention));
        }
        else
        {
            await EventAsync(message);
        }

        return post.Id;
    }

    public override Task EditAsync(string person, string conversation, string post, string before, string text)
    {
        var message = Message(person, post, conversation, Escape(text));
        message["edited"] = new JsonObject { ["user"] = AccountOf(person), ["ts"] = SlackStub.Ts(800_000 + Interlocked.Increment(ref _events)) };
        return EventAsync(new JsonObject
        {
            ["type"] = "message",
            ["subtype"] = "message_changed",
            ["channel"] = conversation,
            ["channel_type"] = "im",
            ["ts"] = SlackStub.Ts(900_000 + Interlocked.Increment(ref _events)),
            ["message"] = message,
            ["previous_message"] = Message(person, post, conversation, Escape(before)),
        });
    }

    public override Task DeleteAsync(string person, string conversation, string post, string before) => EventAsync(new JsonObject
    {
        ["type"] = "message",
        ["subtype"] = "message_deleted",
        ["channel"] = conversation,
        ["channel_type"] = "im",
        ["ts"] = SlackStub.Ts(900_000 + Interlocked.Increment(ref _events)),
        ["deleted_ts"] = post,
        ["previous_message"] = Message(person, post, conversation, Escape(before)),
    });

    public override Task ArriveAsync(string person) => EventAsync(new JsonObject
    {
        ["type"] = "app_home_opened",
        ["user"] = AccountOf(person),
        ["channel"] = ChatOf(person),
        ["tab"] = "messages",
    });

    /// <summary><c>/desk …</c>, typed anywhere.</summary>
    public Task<string> CommandAsync(string person, string conversation, string text)
    {
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["team_id"] = Team,
            ["channel_id"] = conversation,
            ["channel_name"] = "somewhere",
            ["user_id"] = AccountOf(person),
            ["user_name"] = person,
            ["command"] = "/desk",
            ["text"] = Escape(text),
            ["trigger_id"] = NewTrigger(),
            ["response_url"] = $"{Web.Url}/response/none/none",
        };
        return FormAsync("/slack/commands", form);
    }

    public override Task PressAsync(ChatPerson person, SeenPost post, SeenButton button, IReadOnlyDictionary<string, string> fields) =>
        InteractAsync(PressOf(person, post, button, fields));

    public override async Task SubmitAsync(ChatPerson person, SeenForm form, IReadOnlyDictionary<string, string> fields)
    {
        var view = ((JsonObject)form.Wire).DeepClone().AsObject();
        view["state"] = new JsonObject { ["values"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field.Key, (JsonNode?)new JsonObject { [field.Key] = ValueOf(view, field.Key, field.Value) }))) };
        var answer = await InteractAsync(Interaction("view_submission", person.Name, new JsonObject { ["view"] = view }));
        if (answer.Length == 0)
        {
            return;
        }

        var body = JsonNode.Parse(answer)!;
        person.Form = body["response_action"]!.GetValue<string>() == "errors"
            ? form with { Card = Typed(form.Card, fields) with { Text = $"{form.Card.Text}\n{string.Join('\n', body["errors"]!.AsObject().Select(error => error.Value!.GetValue<string>()))}" } }
            : new SeenForm(BlockKitReader.ReadModal(body["view"]!), form.From, Updated(view, body["view"]!));
    }

    /// <summary>The person closes the form; the payload holds what was filled in, or nothing of it.</summary>
    public async Task CloseAsync(ChatPerson person, SeenForm form, params (string Id, string Value)[] filled)
    {
        var view = ((JsonObject)form.Wire).DeepClone().AsObject();
        Assert.True(view["notify_on_close"]?.GetValue<bool>() ?? false, "Slack tells of closing only where the view asks for it.");
        view["state"] = new JsonObject { ["values"] = new JsonObject(filled.Select(field => KeyValuePair.Create(field.Id, (JsonNode?)new JsonObject { [field.Id] = ValueOf(view, field.Id, field.Value) }))) };
        person.Form = null;
        await InteractAsync(Interaction("view_closed", person.Name, new JsonObject { ["view"] = view, ["is_cleared"] = false }));
    }

    public override SeenForm Forge(SeenForm form, params (string Key, string Value)[] carried)
    {
        var view = ((JsonObject)form.Wire).DeepClone().AsObject();
        var data = JsonNode.Parse(view["private_metadata"]!.GetValue<string>())!.AsObject();
        foreach (var (key, value) in carried)
        {
            data[key] = value;
        }

        view["private_metadata"] = data.ToJsonString();
        return form with { Wire = view };
    }

    public override ValueTask<IReadOnlyList<SeenPost>> PostsAsync(IReadOnlyList<string> conversations) =>
        ValueTask.FromResult<IReadOnlyList<SeenPost>>([.. Web.Board.Posts.Where(post => conversations.Contains(post.Conversation))]);

    /// <summary>The payload of a press, for tests that change it before it goes out.</summary>
    public JsonObject PressOf(ChatPerson person, SeenPost post, SeenButton button, IReadOnlyDictionary<string, string>? fields = null)
    {
        var wire = (SlackButton)button.Wire;
        var action = new JsonObject { ["action_id"] = wire.ActionId, ["block_id"] = "b1", ["action_ts"] = SlackStub.Ts(700_000 + Interlocked.Increment(ref _events)) };
        if (wire.IsOption)
        {
            action["type"] = "static_select";
            action["selected_option"] = new JsonObject { ["value"] = wire.Value };
        }
        else
        {
            action["type"] = "button";
            action["value"] = wire.Value;
        }

        var container = new JsonObject { ["type"] = "message", ["message_ts"] = post.Id, ["channel_id"] = post.Conversation, ["is_ephemeral"] = post.OnlyFor is not null };
        var message = new JsonObject { ["type"] = "message", ["user"] = Bot, ["ts"] = post.Id };
        if (post.Thread is not null)
        {
            container["thread_ts"] = post.Thread;
            message["thread_ts"] = post.Thread;
        }

        var trigger = NewTrigger();
        _triggers[trigger] = (person, post);
        return Interaction("block_actions", person.Name, new JsonObject
        {
            ["trigger_id"] = trigger,
            ["container"] = container,
            ["channel"] = new JsonObject { ["id"] = post.Conversation, ["name"] = "somewhere" },
            ["message"] = message,
            ["response_url"] = $"{Web.Url}/response/{post.Conversation}/{post.Id}",
            ["state"] = new JsonObject
            {
                ["values"] = new JsonObject((fields ?? new Dictionary<string, string>(StringComparer.Ordinal)).Select(field =>
                    KeyValuePair.Create(field.Key, (JsonNode?)new JsonObject { [field.Key] = new JsonObject { ["type"] = "plain_text_input", ["value"] = field.Value } }))),
            },
            ["actions"] = new JsonArray(action),
        });
    }

    /// <summary>Posts an interaction; the body of the answer.</summary>
    public Task<string> InteractAsync(JsonObject payload) =>
        FormAsync("/slack/interactivity", new Dictionary<string, string>(StringComparer.Ordinal) { ["payload"] = payload.ToJsonString() });

    /// <summary>Posts an event; the body of the answer.</summary>
    public Task<string> EventAsync(JsonObject happened)
    {
        var envelope = Envelope(happened).ToJsonString();
        return DeliverAsync(() => Signed("/slack/events", envelope, "application/json"));
    }

    public JsonObject Envelope(JsonObject happened) => new()
    {
        ["token"] = "verification",
        ["team_id"] = Team,
        ["api_app_id"] = "A0001",
        ["event"] = happened,
        ["type"] = "event_callback",
        ["event_id"] = $"Ev{Interlocked.Increment(ref _events):00000000}",
        ["event_time"] = _clock.GetUtcNow().ToUnixTimeSeconds(),
        ["authorizations"] = new JsonArray(new JsonObject { ["team_id"] = Team, ["user_id"] = Bot, ["is_bot"] = true }),
    };

    /// <summary>A request with Slack's proof that it is its own, or one that is off.</summary>
    public HttpRequestMessage Signed(string path, string body, string contentType, TimeSpan age = default, string secret = SigningSecret) =>
        Signed(path, Encoding.UTF8.GetBytes(body), contentType, age, secret);

    public HttpRequestMessage Signed(string path, byte[] body, string contentType, TimeSpan age = default, string secret = SigningSecret)
    {
        var timestamp = (_clock.GetUtcNow() - age).ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), (byte[])[.. Encoding.UTF8.GetBytes($"v0:{timestamp}:"), .. body]);
        var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(contentType, "utf-8") } } };
        request.Headers.Add("X-Slack-Request-Timestamp", timestamp);
        request.Headers.Add("X-Slack-Signature", "v0=" + Convert.ToHexStringLower(signature));
        return request;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Web.DisposeAsync();
    }

    private static JsonObject Interaction(string type, string person, JsonObject more)
    {
        var payload = new JsonObject
        {
            ["type"] = type,
            ["team"] = new JsonObject { ["id"] = Team, ["domain"] = "example" },
            ["user"] = new JsonObject { ["id"] = AccountOf(person), ["username"] = person, ["name"] = person, ["team_id"] = Team },
            ["api_app_id"] = "A0001",
            ["token"] = "verification",
        };
        foreach (var (name, value) in more)
        {
            payload[name] = value?.DeepClone();
        }

        return payload;
    }

    private static JsonObject Message(string person, string ts, string conversation, string text)
    {
        var message = new JsonObject
        {
            ["type"] = "message",
            ["channel"] = conversation,
            ["channel_type"] = conversation[0] == 'D' ? "im" : "channel",
            ["user"] = AccountOf(person),
            ["text"] = text,
            ["ts"] = ts,
            ["event_ts"] = ts,
        };
        return message;
    }

    /// <summary>A modal that stays open keeps what was typed.</summary>
    private static SeenCard Typed(SeenCard card, IReadOnlyDictionary<string, string> fields) =>
        card with { Inputs = [.. card.Inputs.Select(input => input with { Value = fields.GetValueOrDefault(input.Id) ?? input.Value })] };

    private static JsonObject ValueOf(JsonObject view, string input, string value)
    {
        var element = view["blocks"]!.AsArray().FirstOrDefault(block => block!["block_id"]?.GetValue<string>() == input)?["element"];
        var type = element?["type"]!.GetValue<string>() ?? "plain_text_input";
        return type switch
        {
            "static_select" => new JsonObject { ["type"] = type, ["selected_option"] = value.Length == 0 ? null : new JsonObject { ["value"] = value } },
            "datepicker" => new JsonObject { ["type"] = type, ["selected_date"] = value.Length == 0 ? null : value },
            _ => new JsonObject { ["type"] = type, ["value"] = value.Length == 0 ? null : value },
        };
    }

    private static JsonObject Updated(JsonObject view, JsonNode with)
    {
        var updated = with.DeepClone().AsObject();
        updated["id"] = view["id"]!.DeepClone();
        updated["hash"] = $"{view["hash"]}+";
        updated["app_installed_team_id"] = Team;
        return updated;
    }

    private Task<string> FormAsync(string path, Dictionary<string, string> form)
    {
        var body = string.Join('&', form.Select(field => $"{field.Key}={Uri.EscapeDataString(field.Value)}"));
        return DeliverAsync(() => Signed(path, body, "application/x-www-form-urlencoded"));
    }

    private string NewTrigger() => $"trigger.{Interlocked.Increment(ref _events)}";

    private static JsonNode FileOf(string name) => new JsonObject
    {
        ["id"] = "F1",
        ["name"] = name,
        ["mimetype"] = "image/png",
        ["size"] = 1234,
        ["permalink"] = $"https://example.slack.com/files/{name}",
    };

    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);
}
