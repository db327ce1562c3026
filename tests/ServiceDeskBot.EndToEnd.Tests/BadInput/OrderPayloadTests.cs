using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Running;
using ServiceDeskBot.EndToEnd.Tests.Stories;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.BadInput;

/// <summary>Order forms as nobody should send them: each gets a sentence, and nothing is ordered, or ordered twice.</summary>
public sealed class OrderPayloadTests
{
    [Theory, OnEveryPlatform]
    public async Task Form_WithAMissingField_KeepsWhatWasTypedAndSaysWhere(string platform)
    {
        await using var desk = await OpenedAsync(platform);
        var tom = desk.Person("tom");

        await tom.SubmitAsync(("number", "0170 1234"));

        var again = (await tom.FormAsync()).Card;
        Assert.Contains("Please", again.Text, StringComparison.Ordinal);
        Assert.Equal("0170 1234", again.Inputs.Single(input => input.Id == "number").Value);
        Assert.Empty(await desk.TicketsAsync());
    }

    [Theory, OnEveryPlatform]
    public async Task Form_WithAFieldNobodyAskedFor_IsShownAgainInOneSentence(string platform)
    {
        await using var desk = await OpenedAsync(platform);
        var tom = desk.Person("tom");
        var form = await tom.FormAsync();

        await SendAsync(desk, tom, form, new() { ["kind"] = "Android", ["approver"] = "tom" });

        await SaysAsync(tom, "an answer to a question that is not asked here");
        Assert.Empty(await desk.TicketsAsync());
    }

    [Theory, OnEveryPlatform]
    public async Task Form_WithAChoiceThatIsNotOffered_SaysSoAtTheField(string platform)
    {
        await using var desk = await OpenedAsync(platform);
        var tom = desk.Person("tom");
        var form = await tom.FormAsync();

        await SendAsync(desk, tom, form, new() { ["kind"] = "A yacht" });

        await SaysAsync(tom, "Please choose one of the options.");
        Assert.Empty(await desk.TicketsAsync());
    }

    [Theory, OnEveryPlatform]
    public async Task Form_WithAnOversizedField_SaysSoAtTheField(string platform)
    {
        await using var desk = await OpenedAsync(platform);
        var tom = desk.Person("tom");
        var form = await tom.FormAsync();

        await SendAsync(desk, tom, form, new() { ["kind"] = "Android", ["number"] = new string('9', 3001) });

        await SaysAsync(tom, "Please keep it under 3000 characters.");
        Assert.Empty(await desk.TicketsAsync());
    }

    [Theory, OnEveryPlatform]
    public async Task Form_ForgedToAnItemThatIsNotForThem_IsRefusedWithoutItsName(string platform)
    {
        await using var desk = await OpenedAsync(platform);
        var tom = desk.Person("tom");
        var form = await tom.FormAsync();

        await SendAsync(desk, tom, form, new() { ["forklift"] = "F-1" }, ("item", "forklift-terminal"));

        await SaysAsync(tom, "This cannot be ordered at the moment.");
        await tom.SeesNotAsync("Forklift terminal");
        Assert.Empty(await desk.TicketsAsync());
    }

    [Theory, OnEveryPlatform]
    public async Task Form_OfAnOlderVersion_AsksAgainWithWhatWasTyped(string platform)
    {
        await using var desk = await OpenedAsync(platform);
        var tom = desk.Person("tom");
        var form = await tom.FormAsync();

        await SendAsync(desk, tom, form, new() { ["kind"] = "Android", ["number"] = "0170 1234" }, ("version", "01234567"));

        await SaysAsync(tom, "The questions have changed since you opened this.");
        Assert.Equal("0170 1234", (await tom.FormAsync()).Card.Inputs.Single(input => input.Id == "number").Value);
        Assert.Empty(await desk.TicketsAsync());
        await tom.SubmitAsync();
        Assert.Equal("work-phone", (await desk.OnlyAsync("request")).Item);
    }

    [Theory, OnEveryPlatform]
    public async Task Form_SentTwice_OrdersOnce(string platform)
    {
        await using var desk = await OpenedAsync(platform);
        var tom = desk.Person("tom");
        var form = await tom.FormAsync();

        await SendAsync(desk, tom, form, new() { ["kind"] = "Android" });
        await SendAsync(desk, tom, form, new() { ["kind"] = "iPhone" });

        var request = await desk.OnlyAsync("request");
        await SaysAsync(tom, $"This is ordered already: {request.Id}. Nothing was ordered twice.");
        Assert.Contains(await desk.TextsAsync(request.Id), text => text.Kind == "form" && text.Text == "Which one?: Android");
    }

    private static async Task<RunningDesk> OpenedAsync(string platform)
    {
        var desk = await RunningDesk.StartAsync(platform);
        var tom = desk.Person("tom");
        await tom.SayAsync("catalogue work phone");
        await tom.PressAsync("Order Work phone");
        await tom.FormAsync();
        return desk;
    }

    /// <summary>Sends the form with fields and carried data as nobody's client would.</summary>
    private static async Task SendAsync(RunningDesk desk, ChatPerson person, SeenForm form, Dictionary<string, string> fields, params (string Key, string Value)[] forged)
    {
        person.Form = null;
        await desk.Platform.SubmitAsync(person, desk.Platform.Forge(form, forged), fields);
        await desk.SettledAsync();
    }

    private static Task SaysAsync(ChatPerson person, string words) => person.SeesAsync(words);
}
