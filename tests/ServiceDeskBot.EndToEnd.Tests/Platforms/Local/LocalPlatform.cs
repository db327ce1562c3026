using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Platforms.Local;

/// <summary>The console in the browser, by the same requests that its page makes.</summary>
public sealed class LocalPlatform : ChatPlatform
{
    private const string Chat = "dm:";

    public override string Name => "local";

    public override IReadOnlyList<string> Settings => [];

    /// <summary>What people call themselves whom the demo desk does not know.</summary>
    public Dictionary<string, string> DisplayNames { get; } = new(StringComparer.Ordinal);

    public override string ChatOf(string person) => Chat + person;

    public override string ChannelOf(string team) => team;

    public override async Task<string> SayAsync(string person, Said said)
    {
        var id = Guid.NewGuid().ToString();
        var isChannel = !said.Conversation.StartsWith(Chat, StringComparison.Ordinal);
        await PostAsync("said", person, id, new JsonObject
        {
            ["conversation"] = said.Conversation,
            ["thread"] = said.Thread,
            ["text"] = isChannel && said.Mention ? $"@desk {said.Text}" : said.Text,
            ["attachments"] = new JsonArray([.. said.Files.Select(file => new JsonObject { ["name"] = file, ["contentType"] = "image/png", ["bytes"] = 1234 })]),
        });
        return id;
    }

    public override Task EditAsync(string person, string conversation, string post, string before, string text) =>
        PostAsync("edited", person, Guid.NewGuid().ToString(), new JsonObject { ["postId"] = post, ["text"] = text });

    public override Task DeleteAsync(string person, string conversation, string post, string before) =>
        PostAsync("deleted", person, Guid.NewGuid().ToString(), new JsonObject { ["postId"] = post });

    public override Task ArriveAsync(string person) => PostAsync("arrived", person, Guid.NewGuid().ToString(), []);

    public override Task PressAsync(ChatPerson person, SeenPost post, SeenButton button, IReadOnlyDictionary<string, string> fields) =>
        PressAsync(person, post, (LocalButton)button.Wire, fields);

    public override Task SubmitAsync(ChatPerson person, SeenForm form, IReadOnlyDictionary<string, string> fields) =>
        PressAsync(person, form.From, (LocalButton)form.Wire, fields);

    public override SeenForm Forge(SeenForm form, params (string Key, string Value)[] carried)
    {
        var wire = (LocalButton)form.Wire;
        var data = wire.Data.ToDictionary(StringComparer.Ordinal);
        foreach (var (key, value) in carried)
        {
            data[key] = value;
        }

        return form with { Wire = wire with { Data = data } };
    }

    public override async ValueTask<IReadOnlyList<SeenPost>> PostsAsync(IReadOnlyList<string> conversations)
    {
        var chats = string.Join('&', conversations.Where(conversation => conversation.StartsWith(Chat, StringComparison.Ordinal)).Select(chat => $"chat={chat[Chat.Length..]}"));
        var state = JsonNode.Parse(await Http.GetStringAsync(new Uri($"/local/state?{chats}", UriKind.Relative)))!;
        return
        [
            .. state["posts"]!.AsArray().Where(post => conversations.Contains(post!["conversation"]!.GetValue<string>())).Select(post => new SeenPost(
                post!["id"]!.GetValue<string>(),
                post["conversation"]!.GetValue<string>(),
                post["thread"]?.GetValue<string>(),
                post["author"]?.GetValue<string>(),
                null,
                post["html"]?.GetValue<string>() is { } html ? HtmlReader.Read(html) : SeenCard.Plain(post["text"]?.GetValue<string>() ?? ""),
                post["created"]!.GetValue<long>())
            {
                Changes = (int)(post["changed"]!.GetValue<long>() - post["created"]!.GetValue<long>()),
            }),
        ];
    }

    /// <summary>Posts what a browser would; the body of the answer.</summary>
    public Task<string> PostAsync(string kind, string person, string id, JsonObject body)
    {
        body["id"] = id;
        body["as"] = person;
        body["name"] = DisplayNames.GetValueOrDefault(person, person);
        var json = body.ToJsonString();
        return DeliverAsync(() => new HttpRequestMessage(HttpMethod.Post, $"/local/{kind}") { Content = new StringContent(json, Encoding.UTF8, "application/json") });
    }

    private async Task PressAsync(ChatPerson person, SeenPost post, LocalButton button, IReadOnlyDictionary<string, string> fields)
    {
        var body = await PostAsync("pressed", person.Name, Guid.NewGuid().ToString(), new JsonObject
        {
            ["conversation"] = post.Conversation,
            ["postId"] = post.Id,
            ["action"] = button.Action,
            ["data"] = ObjectOf(button.Data),
            ["fields"] = ObjectOf(fields),
        });
        var answer = JsonNode.Parse(body)!;
        var html = answer["html"]?.GetValue<string>();
        switch (answer["answer"]!.GetValue<string>())
        {
            case "form" or "errors":
                var card = HtmlReader.Read(html!);
                person.Form = new SeenForm(card, post, Assert.Single(card.Buttons).Wire);
                break;
            case "tell":
                person.Notice(HtmlReader.Read(html!).Text);
                break;
        }
    }

    private static JsonObject ObjectOf(IReadOnlyDictionary<string, string> values) =>
        new(values.Select(value => KeyValuePair.Create(value.Key, (JsonNode?)value.Value)));
}
