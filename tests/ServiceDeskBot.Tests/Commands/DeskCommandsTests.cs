using System.IO.Compression;
using System.Text.Json.Nodes;
using ServiceDeskBot.Commands;
using ServiceDeskBot.Hosting;
using Xunit;

namespace ServiceDeskBot.Tests.Commands;

public sealed class DeskCommandsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("desk-").FullName;
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Fact]
    public async Task Classify_Text_PrintsThePredictionAsJson()
    {
        var code = await RunAsync("classify", "the wifi in the warehouse keeps dropping");

        Assert.Equal(0, code);
        var prediction = JsonNode.Parse(_output.ToString())!;
        Assert.Equal(("incident", "network"), ((string?)prediction["type"], (string?)prediction["category"]));
        Assert.InRange((double)prediction["confidence"]!, 0, 1);
    }

    [Fact]
    public async Task Classify_File_WritesOneRowPerText()
    {
        await File.WriteAllTextAsync(In("in.tsv"), "id\ttext\n1\tmy laptop is broken\n2\tI need a new phone\n");

        var code = await RunAsync("classify", "--file", In("in.tsv"), "--out", In("out.tsv"));

        Assert.Equal(0, code);
        var lines = await File.ReadAllLinesAsync(In("out.tsv"));
        Assert.Equal("type\tcategory\timpact\turgency\tconfidence", lines[0]);
        Assert.Equal(3, lines.Length);
        Assert.StartsWith("incident\thardware\t", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Classify_FileWithoutTextColumn_SaysSo()
    {
        await File.WriteAllTextAsync(In("in.tsv"), "words\nx\n");

        Assert.Equal(1, await RunAsync("classify", "--file", In("in.tsv"), "--out", In("out.tsv")));
        Assert.Contains("no column 'text'", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TrainThenEvaluate_Table_MeasuresTheNewModel()
    {
        await File.WriteAllLinesAsync(In("data.tsv"), Enumerable.Range(0, 60).Select(i => i % 2 == 0 ? $"ask\tplease order item {i}" : $"fix\tscreen {i} is broken").Prepend("label\ttext"));

        Assert.Equal(0, await RunAsync("train", "--data", In("data.tsv"), "--label", "label", "--text", "text", "--out", In("model.bin")));
        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("evaluate", "--model", In("model.bin"), "--data", In("data.tsv"), "--label", "label", "--text", "text", "--json", "--predictions", In("rows.tsv")));

        var report = JsonNode.Parse(_output.ToString())!;
        Assert.Equal(60, (int)report["rows"]!);
        Assert.True((double)report["accuracy"]! > 0.9);
        Assert.Equal("label\tconfidence\tabstained", (await File.ReadAllLinesAsync(In("rows.tsv")))[0]);
    }

    [Fact]
    public async Task Evaluate_MissingModel_FailsWithASentence()
    {
        Assert.Equal(1, await RunAsync("evaluate", "--model", In("none.bin"), "--data", In("none.tsv"), "--label", "l"));
        Assert.Contains("none.bin", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_DevelopmentDesk_CanSpeak()
    {
        var code = await RunAsync("doctor", "--environment", "Development");

        Assert.Contains("The desk can speak.", _output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, code);
    }

    [Fact]
    public async Task Doctor_ProductionWithoutPlatform_Fails()
    {
        var code = await RunAsync("doctor", "--environment", "Production");

        Assert.Equal(1, code);
        Assert.Contains("FAULT  Neither Teams nor Slack is set up", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Doctor_SlackWithoutToken_NamesTheSetting()
    {
        var code = await RunAsync("doctor", "--environment", "Production", "--Slack:SigningSecret=s");

        Assert.Equal(1, code);
        Assert.Contains("Slack:BotToken", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_AddRoleRemove_AreListed()
    {
        Assert.Equal(0, await RunAsync("users", "add", "--email", "Grace.Hopper@contoso.com", "--role", "operator"));
        Assert.Equal(0, await RunAsync("users", "role", "--email", "grace.hopper@contoso.com", "--role", "agent", "lead"));
        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("users", "list"));
        Assert.Contains("grace.hopper@contoso.com         agent, lead", _output.ToString(), StringComparison.Ordinal);

        Assert.Equal(0, await RunAsync("users", "remove", "--email", "grace.hopper@contoso.com"));
        _output.GetStringBuilder().Clear();
        Assert.Equal(0, await RunAsync("users", "list"));
        Assert.DoesNotContain("grace.hopper", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_PersonOfTheDesk_IsChangedInPeopleYaml()
    {
        Assert.Equal(1, await RunAsync("users", "role", "--email", "ada@example.com", "--role", "operator", "--environment", "Development"));
        Assert.Contains("people.yaml", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Users_WhileTheDeskRuns_RefusesWithARemedy()
    {
        await using var app = DeskApplication.Build(["--environment", "Development", "--urls", "http://127.0.0.1:0", $"--Data:Path={_folder}", "--Logging:LogLevel:Default=Warning"]);
        await app.StartAsync();

        Assert.Equal(1, await RunAsync("users", "list"));
        Assert.Contains("in use by another running desk", _error.ToString(), StringComparison.Ordinal);
        await app.StopAsync();
    }

    [Fact]
    public async Task Digest_QuietDay_SaysSoAndPostsNothing()
    {
        Assert.Equal(0, await RunAsync("digest", "--team", "network", "--now", "--environment", "Development"));
        Assert.Contains("nothing to post", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Digest_UnknownTeam_IsUsage()
    {
        Assert.Equal(2, await RunAsync("digest", "--team", "pastry", "--now", "--environment", "Development"));
        Assert.Contains("network", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Manifest_WithAppIdAndUrl_FillsBothIn()
    {
        const string AppId = "11111111-2222-3333-4444-555555555555";

        Assert.Equal(0, await RunAsync("manifest", "--out", In("apps"), "--url", "https://desk.contoso.com", $"--Teams:AppId={AppId}", "--Teams:AppPassword=p", "--Teams:TenantId=t"));

        await using var package = await ZipFile.OpenReadAsync(Path.Combine(In("apps"), "service-desk-teams.zip"));
        Assert.Equal(["color.png", "manifest.json", "outline.png"], package.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal));
        using var reader = new StreamReader(await package.GetEntry("manifest.json")!.OpenAsync());
        var manifest = JsonNode.Parse(await reader.ReadToEndAsync())!;
        Assert.Equal(AppId, (string?)manifest["bots"]![0]!["botId"]);
        Assert.Equal("desk.contoso.com", (string?)manifest["validDomains"]![0]);
        Assert.Contains("https://desk.contoso.com/slack/events", await File.ReadAllTextAsync(Path.Combine(In("apps"), "service-desk-slack.yaml")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dance")]
    [InlineData("digest")]
    [InlineData("users", "add", "--email", "x@y.z", "--role", "king")]
    [InlineData("users", "add", "--email", "nobody", "--role", "agent")]
    [InlineData("classify")]
    [InlineData("train", "--data", "x.tsv", "--label", "l")]
    [InlineData("manifest", "--out", "x", "--url", "http://insecure")]
    public async Task Run_Misused_Is2(params string[] args)
    {
        Assert.Equal(2, await RunAsync(args));
        Assert.NotEmpty(_error.ToString());
    }

    [Fact]
    public async Task Run_UnknownSetting_Is2AndNamesIt()
    {
        Assert.Equal(2, await RunAsync("users", "list", "--Data:Colour=red"));
        Assert.Contains("Colour", _error.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Split_SettingsAmongOptions_AreToldApart()
    {
        var (settings, verb) = SettingArguments.Split(["classify", "--Data:Path=x", "wifi: down", "--urls", "http://a", "--Teams:AppId", "1", "--out=C:\\x", "--file", "a"]);

        Assert.Equal(["--Data:Path=x", "--urls", "http://a", "--Teams:AppId", "1"], settings);
        Assert.Equal(["classify", "wifi: down", "--out=C:\\x", "--file", "a"], verb);
    }

    private Task<int> RunAsync(params string[] args) => DeskCommands.RunAsync([.. args, $"--Data:Path={_folder}"], _output, _error);

    private string In(string name) => Path.Combine(_folder, name);
}
