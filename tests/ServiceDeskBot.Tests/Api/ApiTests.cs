using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Xunit;
using static ServiceDeskBot.Tests.Api.RunningDesk;

namespace ServiceDeskBot.Tests.Api;

public sealed class ApiTests(RunningDesk desk) : IClassFixture<RunningDesk>
{
    [Fact]
    public async Task Get_WithoutKey_401AsProblem()
    {
        var answer = await desk.Nobody.GetAsync("/api/v1/tickets");

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Get_WithoutScope_403AsProblem()
    {
        var answer = await desk.Monitoring.GetAsync("/api/v1/tickets");

        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task GetTicket_OfSecurity_IsNotThereWithoutTheScopeForIt()
    {
        var id = await desk.RaiseAsync("I clicked a link in a phishing mail and typed in my password");

        Assert.Equal(HttpStatusCode.NotFound, (await desk.Erp.GetAsync($"/api/v1/tickets/{id}")).StatusCode);
        Assert.DoesNotContain(id, await desk.Erp.GetStringAsync("/api/v1/tickets?limit=200"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await desk.PostAsync($"/api/v1/tickets/{id}/notes", new { text = "let me in", visible = "team" }, "peek")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await desk.Siem.GetAsync($"/api/v1/tickets/{id}")).StatusCode);
    }

    [Theory]
    [InlineData("/api/v1/nowhere", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/tickets/INC-999999", HttpStatusCode.NotFound)]
    [InlineData("/api/v1/tickets?limit=0", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/tickets?limit=201", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/tickets?state=lost", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/tickets?after=tomorrow!", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/metrics/flow?from=yesterday", HttpStatusCode.BadRequest)]
    [InlineData("/api/v1/metrics/flow?team=nobody", HttpStatusCode.BadRequest)]
    public async Task Get_WhatIsWrong_IsAProblem(string path, HttpStatusCode expected)
    {
        var answer = await desk.Erp.GetAsync(path);

        Assert.Equal(expected, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
    }

    [Fact]
    public async Task PostTicket_SameKeyTwice_SameTicketAndSameAnswer()
    {
        var body = new { text = "the wifi in the warehouse keeps dropping", reporter = "omar", type = "incident", category = "network", impact = "department", urgency = "high" };

        var first = await desk.PostAsync("/api/v1/tickets", body, "twice");
        var second = await desk.PostAsync("/api/v1/tickets", body, "twice");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(HttpStatusCode.Created, second.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        var ticket = await JsonAsync(await desk.Erp.GetAsync(first.Headers.Location));
        Assert.Equal(("incident", "network", "network", 2, "api"), ((string?)ticket["type"], (string?)ticket["category"], (string?)ticket["team"], (int)ticket["priority"]!, (string?)ticket["channel"]));
    }

    [Fact]
    public async Task GetTicket_Raised_HasTheShapeOfTheContract()
    {
        var id = await desk.RaiseAsync("printer in building 2 prints blank pages");

        var ticket = (await JsonAsync(await desk.Erp.GetAsync($"/api/v1/tickets/{id}"))).AsObject();

        Assert.Equal(
            [
                "id", "type", "state", "step", "summary", "description", "service", "category", "impact", "urgency", "priority", "major", "reporter", "affected", "channel", "team",
                "owner", "swarm", "targets", "prediction", "opened", "resolved", "closed", "closure", "links", "events", "tasks", "route", "work",
            ],
            ticket.Select(member => member.Key));
        Assert.Equal("""{"id":"omar","name":"Omar"}""", ticket["reporter"]!.ToJsonString());
        Assert.Equal("printer in building 2 prints blank pages", (string?)ticket["description"]);
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$", (string)ticket["opened"]!);
        var registered = ticket["events"]![0]!;
        Assert.Equal(["at", "by", "kind", "from", "to", "visible"], registered.AsObject().Select(member => member.Key));
        Assert.Equal("registered", (string?)registered["kind"]);
        Assert.NotNull(ticket["targets"]!["resolution"]!["due"]);
    }

    [Fact]
    public async Task GetTickets_Queries_OnlyWhenAsked()
    {
        await desk.RaiseAsync("the dock does not charge");

        var all = await JsonAsync(await desk.Erp.GetAsync("/api/v1/tickets?limit=200"));
        var queries = await JsonAsync(await desk.Erp.GetAsync("/api/v1/tickets?limit=200&type=query"));

        Assert.DoesNotContain(all["items"]!.AsArray(), ticket => (string?)ticket!["type"] == "query");
        Assert.NotEmpty(queries["items"]!.AsArray());
        Assert.All(queries["items"]!.AsArray(), ticket => Assert.StartsWith("QRY-", (string)ticket!["id"]!, StringComparison.Ordinal));
    }

    [Fact]
    public async Task GetTickets_PageByPage_EachOnceNewestFirst()
    {
        var raised = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            raised.Add(await desk.RaiseAsync($"paging {i}", "linus"));
        }

        var seen = new List<string>();
        string? next = null;
        do
        {
            var page = await JsonAsync(await desk.Erp.GetAsync($"/api/v1/tickets?reporter=linus@example.com&limit=2{(next is null ? "" : $"&after={next}")}"));
            seen.AddRange(page["items"]!.AsArray().Select(ticket => (string)ticket!["id"]!));
            next = (string?)page["next"];
        }
        while (next is not null);

        raised.Reverse();
        Assert.Equal(raised, seen);
    }

    [Fact]
    public async Task PostNote_SameKeyTwice_OneNoteByTheProgram()
    {
        var id = await desk.RaiseAsync("the scanner is slow");
        var body = new { text = "controller rebooted", visible = "team" };

        var first = await desk.PostAsync($"/api/v1/tickets/{id}/notes", body, "note");
        var second = await desk.PostAsync($"/api/v1/tickets/{id}/notes", body, "note");

        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        Assert.Equal(await first.Content.ReadAsStringAsync(), await second.Content.ReadAsStringAsync());
        var notes = (await JsonAsync(await desk.Erp.GetAsync($"/api/v1/tickets/{id}")))["events"]!.AsArray().Where(happened => (string?)happened!["kind"] == "note").ToList();
        Assert.Equal(("api-erp", "team"), ((string?)Assert.Single(notes)!["by"], (string?)notes[0]!["visible"]));
    }

    [Theory]
    [InlineData("""{"text":"x","reporter":"omar"}""", null, "Idempotency-Key")]
    [InlineData("""{"text":" ","reporter":"omar"}""", "k1", "text")]
    [InlineData("""{"text":"x","reporter":"nobody"}""", "k2", "reporter")]
    [InlineData("""{"text":"x","reporter":"omar","type":"change"}""", "k3", "type")]
    [InlineData("""{"text":"x","reporter":"omar","impact":"huge"}""", "k4", "impact")]
    [InlineData("""{"text":"x","reporter":"omar","colour":"red"}""", "k5", "colour")]
    [InlineData("not json", "k6", "cannot be read")]
    public async Task PostTicket_WhatIsWrong_IsNamed(string body, string? key, string named)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tickets") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        var answer = await desk.Erp.SendAsync(request);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(named, (string)(await JsonAsync(answer))["detail"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task PostTicket_MoreThan256KiB_413(bool chunked)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/tickets") { Content = new StringContent(new string('a', (256 * 1024) + 1), Encoding.UTF8, "application/json") };
        request.Headers.Add("Idempotency-Key", "large");
        request.Headers.TransferEncodingChunked = chunked;

        var answer = await desk.Erp.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        Assert.Equal(413, (int)(await JsonAsync(answer))["status"]!);
    }

    [Fact]
    public async Task GetFlow_AfterOneMore_CountsIt()
    {
        var before = Of("network", await JsonAsync(await desk.Erp.GetAsync("/api/v1/metrics/flow?team=network")));

        await desk.RaiseAsync("no network in room 7", team: "network");

        var after = Of("network", await JsonAsync(await desk.Erp.GetAsync("/api/v1/metrics/flow?team=network")));
        Assert.Equal(((int)before["in"]! + 1, (int)before["wip"]! + 1), ((int)after["in"]!, (int)after["wip"]!));
        Assert.Null(after["leadTime"]);
    }

    [Fact]
    public async Task GetOpenApi_WithoutKey_DescribesTheApiOnly()
    {
        var document = await JsonAsync(await desk.Nobody.GetAsync("/openapi/v1.json"));

        Assert.Equal(
            ["/api/v1/metrics/flow", "/api/v1/tickets", "/api/v1/tickets/{id}", "/api/v1/tickets/{id}/notes"],
            document["paths"]!.AsObject().Select(path => path.Key).Order(StringComparer.Ordinal));
        Assert.Equal("bearer", (string?)document["components"]!["securitySchemes"]!["apiKey"]!["scheme"]);
    }

    private static JsonNode Of(string team, JsonNode flow) => flow["teams"]!.AsArray().Single(one => (string?)one!["team"] == team)!;
}
