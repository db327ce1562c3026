using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms.Teams;

/// <summary>Teams over the Activity protocol.</summary>
public sealed class TeamsPlatform : ChatPlatform
{
    public const string Tenant = "0f3a2c64-9f0e-4bb7-8a7e-2d1c5b7f9e11";
    public const string Bot = "28:desk-app";

    private ManualClock _clock = null!;
    private long _activities;

    public override string Name => "teams";

    /// <summary>Without a registration the bot takes unsigned activities from this machine.</summary>
    public override IReadOnlyList<string> Settings => SignedBy?.Settings ?? [];

    /// <summary>The Bot Framework that vouches for the deliveries; <c>null</c>: unsigned.</summary>
    public BotFrameworkStub? SignedBy { get; init; }

    public ConnectorStub Connector { get; private set; } = null!;

    /// <summary>Display names that differ from the account's.</summary>
    public Dictionary<string, string> DisplayNames { get; } = new(StringComparer.Ordinal);

    public override async Task OpenAsync(ManualClock clock)
    {
        _clock = clock;
        Connector = await ConnectorStub.StartAsync();
        Connector.NameOf = account => account.StartsWith("29:", StringComparison.Ordinal) ? account[3..] : null;
        if (SignedBy is not null)
        {
            await SignedBy.OpenAsync(clock, Connector.Url);
        }
    }

    public static string ChatOfAccount(string account) => $"a:{account[3..]}";

    public override string ChatOf(string person) => $"a:{person}";

    public override string ChannelOf(string team) => $"19:{team}@thread.tacv2";

    public override async Task<string> SayAsync(string person, Said said)
    {
        var isChannel = IsChannel(said.Conversation);
        var post = Connector.Board.Add(ConnectorStub.PostId, said.Conversation, said.Thread, person, null, SeenCard.Plain(said.Text));
        var activity = Activity(person, "message", post.Id, said.Conversation, isChannel ? said.Thread ?? post.Id : null);
        var named = isChannel && said.Mention;
        activity["text"] = named ? $"<at>Desk</at> {Escape(said.Text)}" : Escape(said.Text);
        activity["textFormat"] = "plain";
        if (named)
        {
            activity["entities"]!.AsArray().Add(new JsonObject
            {
                ["type"] = "mention",
                ["text"] = "<at>Desk</at>",
                ["mentioned"] = new JsonObject { ["id"] = Bot, ["name"] = "Desk" },
            });
        }

        if (said.Files.Count > 0)
        {
            activity["attachments"] = new JsonArray([.. said.Files.Select(FileOf)]);
        }

        await PostAsync(activity);
        return post.Id;
    }

    public override async Task EditAsync(string person, string conversation, string post, string before, string text)
    {
        var activity = Activity(person, "messageUpdate", post, conversation, null);
        activity["text"] = Escape(text);
        activity["channelData"]!["eventType"] = "editMessage";
        await PostAsync(activity);
    }

    public override async Task DeleteAsync(string person, string conversation, string post, string before)
    {
        var activity = Activity(person, "messageDelete", post, conversation, null);
        activity["channelData"]!["eventType"] = "softDeleteMessage";
        await PostAsync(activity);
    }

    public override async Task ArriveAsync(string person)
    {
        var installed = Activity(person, "installationUpdate", NewId(), ChatOf(person), null);
        installed["action"] = "add";
        var added = Activity(person, "conversationUpdate", NewId(), ChatOf(person), null);
        added["membersAdded"] = new JsonArray(new JsonObject { ["id"] = Bot }, new JsonObject { ["id"] = AccountOf(person) });
        await Task.WhenAll(PostAsync(installed), PostAsync(added));
    }

    public override Task PressAsync(ChatPerson person, SeenPost post, SeenButton button, IReadOnlyDictionary<string, string> fields) =>
        OpensDialog((JsonObject)button.Wire)
            ? DialogAsync(person, post, "task/fetch", (JsonObject)button.Wire, fields)
            : InvokeAsync(person, post, (JsonObject)button.Wire, fields);

    public override Task SubmitAsync(ChatPerson person, SeenForm form, IReadOnlyDictionary<string, string> fields) =>
        IsOfDialog((JsonObject)form.Wire)
            ? DialogAsync(person, form.From, "task/submit", (JsonObject)form.Wire, fields)
            : InvokeAsync(person, form.From, (JsonObject)form.Wire, fields);

    public override SeenForm Forge(SeenForm form, params (string Key, string Value)[] carried)
    {
        var action = ((JsonObject)form.Wire).DeepClone().AsObject();
        foreach (var (key, value) in carried)
        {
            action["data"]![$"d.{key}"] = value;
        }

        return form with { Wire = action };
    }

    public override ValueTask<IReadOnlyList<SeenPost>> PostsAsync(IReadOnlyList<string> conversations) =>
        ValueTask.FromResult<IReadOnlyList<SeenPost>>([.. Connector.Board.Posts.Where(post => conversations.Contains(post.Conversation))]);

    /// <summary>The invoke of a pressed button, for tests that change it before it goes out.</summary>
    public JsonObject InvokeOf(string person, SeenPost post, SeenButton button, IReadOnlyDictionary<string, string>? fields = null)
    {
        var action = (JsonObject)button.Wire;
        var data = action["data"]!.DeepClone().AsObject();
        foreach (var (id, value) in fields ?? new Dictionary<string, string>(StringComparer.Ordinal))
        {
            data[id] = value;
        }

        var activity = Activity(person, "invoke", $"f:{Guid.NewGuid()}", post.Conversation, IsChannel(post.Conversation) ? post.Thread ?? post.Id : null);
        activity["name"] = "adaptiveCard/action";
        activity["replyToId"] = post.Id;
        activity["value"] = new JsonObject
        {
            ["action"] = new JsonObject { ["type"] = "Action.Execute", ["verb"] = action["verb"]!.DeepClone(), ["data"] = data },
            ["trigger"] = "manual",
        };
        return activity;
    }

    /// <summary>An activity as Teams would send it.</summary>
    public JsonObject Activity(string person, string type, string id, string conversation, string? thread) => new()
    {
        ["type"] = type,
        ["id"] = id,
        ["timestamp"] = _clock.GetUtcNow().ToString("O", CultureInfo.InvariantCulture),
        ["serviceUrl"] = Connector.Url,
        ["channelId"] = "msteams",
        ["from"] = new JsonObject { ["id"] = AccountOf(person), ["name"] = DisplayNames.GetValueOrDefault(person, Capital(person)), ["aadObjectId"] = $"aad-{person}" },
        ["recipient"] = new JsonObject { ["id"] = Bot, ["name"] = "Desk" },
        ["conversation"] = new JsonObject
        {
            ["id"] = thread is null ? conversation : $"{conversation};messageid={thread}",
            ["conversationType"] = IsChannel(conversation) ? "channel" : "personal",
            ["tenantId"] = Tenant,
        },
        ["channelData"] = new JsonObject { ["tenant"] = new JsonObject { ["id"] = Tenant } },
        ["entities"] = new JsonArray(new JsonObject { ["type"] = "clientInfo", ["locale"] = "en-US", ["country"] = "US", ["platform"] = "Web" }),
        ["locale"] = "en-US",
    };

    public string NewId() => PostBoard.Number(9_000_000_000_000 + Interlocked.Increment(ref _activities));

    /// <summary>Posts an activity; the body of the answer.</summary>
    public Task<string> PostAsync(JsonObject activity)
    {
        var json = activity.ToJsonString();
        return DeliverAsync(() => RequestOf(json));
    }

    public HttpRequestMessage RequestOf(string json)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/messages") { Content = new StringContent(json, Encoding.UTF8, "application/json") };
        if (SignedBy is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", SignedBy.Token());
        }

        return request;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Connector.DisposeAsync();
        if (SignedBy is not null)
        {
            await SignedBy.DisposeAsync();
        }
    }

    private async Task InvokeAsync(ChatPerson person, SeenPost post, JsonObject action, IReadOnlyDictionary<string, string> fields)
    {
        var body = await PostAsync(InvokeOf(person.Name, post, new SeenButton("", action, false), fields));
        var answer = JsonNode.Parse(body)!;
        Assert.Equal(200, answer["statusCode"]!.GetValue<int>());
        if (answer["type"]!.GetValue<string>() == "application/vnd.microsoft.activity.message")
        {
            person.Notice(answer["value"]!.GetValue<string>());
            return;
        }

        var card = AdaptiveCardReader.Read(answer["value"]!);
        if (card.Inputs.Count > 0)
        {
            person.Form = new SeenForm(card, post, (JsonObject)card.Buttons[0].Wire);
        }
        else
        {
            person.ShowInstead(post, card);
        }
    }

    private static bool IsOfDialog(JsonObject action) => action["type"]!.GetValue<string>() == "Action.Submit";

    private static bool OpensDialog(JsonObject action) => IsOfDialog(action) && action["data"]?["msteams"]?["type"]?.GetValue<string>() == "task/fetch";

    /// <summary>Opens a dialog, or sends what was filled in there: the client merges the inputs into the button's data.</summary>
    private async Task DialogAsync(ChatPerson person, SeenPost post, string name, JsonObject action, IReadOnlyDictionary<string, string> fields)
    {
        var data = action["data"]!.DeepClone().AsObject();
        foreach (var (id, value) in fields)
        {
            data[id] = value;
        }

        var activity = Activity(person.Name, "invoke", $"f:{Guid.NewGuid()}", post.Conversation, IsChannel(post.Conversation) ? post.Thread ?? post.Id : null);
        activity["name"] = name;
        activity["value"] = new JsonObject { ["data"] = data, ["context"] = new JsonObject { ["theme"] = "default" } };
        var body = await PostAsync(activity);
        if (body.Length == 0)
        {
            return;
        }

        var task = JsonNode.Parse(body)!["task"]!;
        if (task["type"]!.GetValue<string>() == "message")
        {
            person.Notice(task["value"]!.GetValue<string>());
            return;
        }

        var card = AdaptiveCardReader.Read(task["value"]!["card"]!["content"]!);
        if (card.Inputs.Count > 0)
        {
            person.Form = new SeenForm(card, post, (JsonObject)card.Buttons[0].Wire);
        }
        else
        {
            person.Notice(card.Text);
        }
    }

    private static JsonNode FileOf(string name) => new JsonObject
    {
        ["contentType"] = "application/vnd.microsoft.teams.file.download.info",
        ["name"] = name,
        ["contentUrl"] = $"https://example.sharepoint.com/{name}",
        ["content"] = new JsonObject { ["downloadUrl"] = $"https://example.sharepoint.com/d/{name}", ["uniqueId"] = "1", ["fileType"] = "png" },
    };

    /// <summary>Teams writes entities for these, also in a plain text.</summary>
    private static string Escape(string text) =>
        text.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal);

    private static bool IsChannel(string conversation) => conversation.StartsWith("19:", StringComparison.Ordinal);

    private static string AccountOf(string person) => $"29:{person}";

    private static string Capital(string name) => char.ToUpperInvariant(name[0]) + name[1..];
}
