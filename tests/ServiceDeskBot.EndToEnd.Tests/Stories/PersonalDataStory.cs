using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using ServiceDeskBot.Commands;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>Somebody leaves and wants to know, and then have gone, what the desk knows of them.</summary>
public sealed class PersonalDataStory : IDisposable
{
    private const string Words = "My laptop shows purple zebras since the update.";
    private const string More = "and the zebras are on the second screen too";

    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _output.Dispose();
        _error.Dispose();
    }

    [Theory, OnEveryPlatform]
    public async Task ExportThenErase_PersonWhoLeft_PrintsAllAndKeepsNoWordOfTheirs(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var incident = await ServedAsync(desk);
        var person = (await desk.OnlyAsync("incident")).Reporter;

        Assert.Equal(0, await RunAsync(desk, "export", "--person", person));
        var data = JsonNode.Parse(_output.ToString())!;
        Assert.Contains(data["tickets"]!.AsArray(), ticket => (string?)ticket!["id"] == incident && (string?)ticket["description"] == Words);
        Assert.Contains(data["texts"]!.AsArray(), text => (string?)text!["text"] == More);
        Assert.Single(data["accounts"]!.AsArray());

        Assert.NotEmpty(await MentionsAsync(desk, "zebras"));
        await desk.RestartAsync(async () => Assert.Equal(0, await RunAsync(desk, "erase", "--person", person)));
        Assert.Empty(await MentionsAsync(desk, "zebras"));
        Assert.Empty(await MentionsAsync(desk, "quentin"));

        // What happened stays, the person may come back as anybody else, and the desk has no trouble drawing the rest.
        Assert.Equal("closed", (await desk.OnlyAsync("incident")).State);
        var quentin = desk.Person("quentin");
        await quentin.SayAsync("my tickets");
        await quentin.SeesAsync("You have nothing open");
    }

    [Fact]
    public async Task Erase_WorkIsOpen_RefusesAndNamesIt()
    {
        await using var desk = await RunningDesk.StartAsync("teams");
        await TicketTalkStory.LogAsync(desk.Person("quentin"), Words);
        var incident = await desk.OnlyAsync("incident");

        await desk.RestartAsync(async () => Assert.Equal(1, await RunAsync(desk, "erase", "--person", incident.Reporter)));

        Assert.Contains($"has work open ({incident.Id})", _error.ToString(), StringComparison.Ordinal);
        Assert.NotEmpty(await MentionsAsync(desk, "zebras"));
    }

    [Theory]
    [InlineData("'wanda' stands in people.yaml", "erase", "--person", "wanda@example.com")]
    [InlineData("Nobody with the id or address 'nobody'", "erase", "--person", "nobody")]
    [InlineData("Nobody with the id or address 'nobody'", "export", "--person", "nobody")]
    public async Task Command_NotPossible_SaysWhy(string expected, params string[] verb)
    {
        await using var desk = await RunningDesk.StartAsync("teams");

        await desk.RestartAsync(async () => Assert.Equal(1, await RunAsync(desk, verb)));

        Assert.Contains(expected, _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ExportAudit_TicketLived_TellsWhoDidWhatWithoutWords()
    {
        await using var desk = await RunningDesk.StartAsync("teams");
        var incident = await ServedAsync(desk);

        Assert.Equal(0, await RunAsync(desk, "export", "--audit"));

        var lines = _output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Contains(lines, line => (string?)line["ticket"] == incident && (string?)line["kind"] == "claimed" && (string?)line["by"] == "ada" && line["at"] is not null);
        Assert.DoesNotContain("zebras", _output.ToString(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>An incident from the first word to the survey.</summary>
    private static async Task<string> ServedAsync(RunningDesk desk)
    {
        var (quentin, ada) = (desk.Person("quentin"), desk.Person("ada"));
        await ada.BindAsync("workplace");
        await TicketTalkStory.LogAsync(quentin, Words);
        await ada.PressAsync("Claim");
        await quentin.SayAsync(More);
        await ada.PressAsync("Resolve", ("text", "A new battery is in."));
        await quentin.PressAsync("Yes, thanks");
        await desk.SettledAsync();
        return (await desk.OnlyAsync("incident")).Id;
    }

    private Task<int> RunAsync(RunningDesk desk, params string[] verb) =>
        DeskCommands.RunAsync([.. verb, "--environment", "Development", $"--Data:Path={desk.DataPath}"], _output, _error);

    /// <summary>Every row of any table that holds the word.</summary>
    private static async Task<IReadOnlyList<string>> MentionsAsync(RunningDesk desk, string word)
    {
        await desk.SettledAsync();
        await using var file = new SqliteConnection($"Data Source={Path.Combine(desk.DataPath, "desk.db")};Pooling=False;Mode=ReadOnly");
        await file.OpenAsync();
        var rows = new List<string>();
        foreach (var table in await RowsAsync(file, "SELECT name FROM sqlite_master WHERE type = 'table'"))
        {
            rows.AddRange((await RowsAsync(file, $"SELECT * FROM {table}")).Where(row => row.Contains(word, StringComparison.OrdinalIgnoreCase)).Select(row => $"{table}: {row}"));
        }

        return rows;
    }

    private static async Task<List<string>> RowsAsync(SqliteConnection file, string sql)
    {
        await using var command = file.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            var row = new StringBuilder();
            for (var n = 0; n < reader.FieldCount; n++)
            {
                row.Append(CultureInfo.InvariantCulture, $"{(n > 0 ? " | " : "")}{reader.GetValue(n)}");
            }

            rows.Add(row.ToString());
        }

        return rows;
    }
}
