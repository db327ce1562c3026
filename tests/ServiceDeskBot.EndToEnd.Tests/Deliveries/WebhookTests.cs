using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Deliveries;

/// <summary>A step that another program does: signed, tried again, taken back, and never sent where it must not go.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private const string Secret = "a-secret-for-tests-only";

    private static readonly (string, Func<string, string>) TwoSteps = ("workflows.yaml", text => DeskFolders.ReplaceOnce(
        text,
        "    - { id: list, title: The mailing list, call: mailing-list, undo: true }\n",
        "    - { id: list, title: The mailing list, call: mailing-list, undo: true }\n    - { id: archive, title: Its archive, call: archive }\n"));

    private readonly ConcurrentQueue<Received> _calls = new();
    private readonly ConcurrentDictionary<string, Func<int, int>> _answers = new(StringComparer.Ordinal);
    private WebApplication? _program;
    private string _url = "";

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _program = builder.Build();
        _program.MapPost("/{name}", async (string name, HttpRequest request) =>
        {
            using var reader = new StreamReader(request.Body);
            var body = await reader.ReadToEndAsync();
            var undo = JsonNode.Parse(body)!["undo"]!.GetValue<bool>();
            var key = undo ? $"{name}/undo" : name;
            _calls.Enqueue(new Received(key, body, request.Headers["X-Desk-Timestamp"].ToString(), request.Headers["X-Desk-Signature"].ToString(), request.Headers["Idempotency-Key"].ToString()));
            var status = _answers.TryGetValue(key, out var answer) ? answer(_calls.Count(call => call.Name == key)) : 200;
            return status is 302 ? Results.Redirect($"{_url}/elsewhere") : Results.StatusCode(status);
        });
        await _program.StartAsync();
        _url = _program.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
    }

    public async ValueTask DisposeAsync() => await _program!.DisposeAsync();

    [Fact]
    public async Task Automatic_Ordered_RunsToTheEndByASignedCallWithoutAPerson()
    {
        await using var desk = await OrderAsync([]);
        var tom = desk.Person("tom");

        await tom.SeesAsync("Mailing list is ready");
        var request = await desk.OnlyAsync("request");
        Assert.Equal(("closed", "fulfilled"), (request.State, request.Closure));
        var call = Assert.Single(_calls);
        Assert.Equal($"sha256={Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{call.Timestamp}.{call.Body}")))}", call.Signature);
        Assert.Equal($"{request.Id}/list", call.Key);
        var body = JsonNode.Parse(call.Body)!;
        Assert.Equal(("tom", "fairs", request.Id), (body["requester"]!["id"]!.GetValue<string>(), body["fields"]!["address"]!.GetValue<string>(), body["ticket"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Automatic_DoesNotWorkAfterAll_ComesToPeople()
    {
        await using var desk = await OrderAsync([]);
        var (tom, ada) = (desk.Person("tom"), desk.Person("ada"));
        await tom.SeesAsync("Mailing list is ready");
        Assert.Empty(await ada.PostsAsync());

        await tom.SayAsync("still broken, mail to it comes back");

        await tom.SeesAsync("Applications team");
        await ada.SeesAsync("mail to it comes back");
        await ada.PressAsync("Claim");
        await ada.PressAsync("Resolve", ("text", "The list takes mail now."));
        await tom.SeesAsync("The list takes mail now.");
    }

    [Fact]
    public async Task Program_DownForAWhile_IsAskedAgainUnderTheSameKey()
    {
        _answers["mailing-list"] = attempt => attempt < 3 ? 503 : 200;
        await using var desk = await OrderAsync([]);

        await Eventually.HoldsAsync(
            async () =>
            {
                desk.Clock.Advance(TimeSpan.FromSeconds(5));
                await desk.SettledAsync();
                return (await desk.OnlyAsync("request")).Closure == "fulfilled";
            },
            () => "The request was not fulfilled.");

        Assert.Equal(3, _calls.Count);
        Assert.Single(_calls.Select(call => call.Key).Distinct(StringComparer.Ordinal));
    }

    [Fact]
    public async Task LaterStep_Refused_TakesTheEarlierOneBackAndPeopleTakeOver()
    {
        _answers["archive"] = _ => 422;
        await using var desk = await OrderAsync([TwoSteps]);
        var (tom, ada) = (desk.Person("tom"), desk.Person("ada"));

        await tom.SeesAsync("could not be done automatically. People of the Applications team take over");
        await ada.SeesAsync("Mailing list");
        var request = await desk.OnlyAsync("request");
        Assert.Equal("queued", request.State);
        Assert.Equal(["list:undone", "archive:failed"], request.Tasks.Select(task => $"{task.Id}:{task.State}"));
        Assert.Equal(["mailing-list", "archive", "mailing-list/undo"], _calls.Select(call => call.Name));
        await ada.PressAsync("Claim");
        await ada.PressAsync("Resolve", ("text", "It is there now."));
        await tom.SeesAsync("It is there now.");
    }

    [Fact]
    public async Task Redirect_IsNotFollowed()
    {
        _answers["mailing-list"] = _ => 302;
        await using var desk = await OrderAsync([]);

        Assert.Equal("queued", (await desk.OnlyAsync("request")).State);
        Assert.Equal(["mailing-list"], _calls.Select(call => call.Name));
    }

    [Fact]
    public async Task PrivateAddress_NotAllowed_IsNeverCalled()
    {
        await using var desk = await OrderAsync([], allowPrivate: false);

        Assert.Equal("queued", (await desk.OnlyAsync("request")).State);
        Assert.Empty(_calls);
    }

    [Fact]
    public async Task Webhook_NotInTheSettings_HidesItsItem()
    {
        await using var desk = await RunningDesk.StartAsync("local");
        var tom = desk.Person("tom");

        await tom.SayAsync("what can I order?");
        await tom.SayAsync("order mailing-list");

        await tom.SeesAsync("New laptop");
        await tom.SeesNotAsync("A mailing list of your own");
    }

    private async Task<RunningDesk> OrderAsync((string File, Func<string, string> Change)[] changes, bool allowPrivate = true)
    {
        var folder = DeskFolders.With(changes);
        var desk = await RunningDesk.StartAsync(
            "local",
            $"--Desk:Path={folder.FullName}",
            $"--Webhooks:AllowPrivateAddresses={allowPrivate}",
            "--Webhooks:AllowedHosts:0=127.0.0.1",
            "--Webhooks:Targets:0:Name=mailing-list",
            $"--Webhooks:Targets:0:Url={_url}/mailing-list",
            $"--Webhooks:Targets:0:Secret={Secret}",
            "--Webhooks:Targets:1:Name=archive",
            $"--Webhooks:Targets:1:Url={_url}/archive",
            $"--Webhooks:Targets:1:Secret={Secret}");
        desk.Person("ada").Join("applications");
        var tom = desk.Person("tom");
        await tom.SayAsync("catalogue mailing list");
        await tom.PressAsync("Order Mailing list");
        await tom.SubmitAsync(("address", "fairs"));
        await desk.SettledAsync();
        return desk;
    }

    private sealed record Received(string Name, string Body, string Timestamp, string Signature, string Key);
}
