using ServiceDeskBot.Commands;
using ServiceDeskBot.Core.Triage.Corrections;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>An operator trains, promotes and takes back models beside a desk that goes on running; what is broken or missing never stops it.</summary>
public sealed class ModelLifeStory : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("desk-model-");
    private readonly StringWriter _output = new();
    private readonly StringWriter _error = new();

    public void Dispose()
    {
        _folder.Delete(recursive: true);
        _output.Dispose();
        _error.Dispose();
    }

    [Theory, OnEveryPlatform]
    public async Task Promote_WhileTheDeskRuns_IsTakenUpAndRolledBack(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (wanda, bundled) = (desk.Person("wanda"), desk.Model.Version);
        WriteHouseWords();

        Assert.Equal(0, await RunAsync(desk, "train", "--data", In("train.tsv"), "--with-corrections"));
        Assert.Equal(0, await RunAsync(desk, "promote", "--held-out", In("heldout.tsv")));
        Reads.Contains("category  old 0", _output.ToString());
        Reads.Contains("Test: exact one-sided McNemar test", _output.ToString());
        Reads.Contains("(McNemar p = 0.000): it is better.", _output.ToString());
        await TakenUpAsync(desk, bundled);
        var promoted = desk.Model.Version;

        await wanda.SayAsync("the glimmerator 7 shows flumpo again");
        Assert.Equal((promoted, "hr"), ((await desk.OnlyAsync("query")).Prediction!.Model, (await desk.OnlyAsync("query")).Prediction!.Category));

        Assert.Equal(0, await RunAsync(desk, "rollback"));
        await TakenUpAsync(desk, promoted);
        Assert.Equal(bundled, desk.Model.Version);
        Assert.Equal(1, await RunAsync(desk, "rollback"));
        Reads.Contains("No model was ever promoted", _error.ToString());
    }

    [Theory, InlineData("teams"), InlineData("slack")]
    public async Task Promote_OnADatabaseOfReplicas_IsTakenUpAndRolledBackByEach(string platform)
    {
        await using var desk = await RunningDesk.StartReplicasAsync(ChatPlatform.Of(platform));
        var bundled = desk.Model.Version;
        WriteHouseWords();

        // From a machine of the operator's own, whose folder no replica sees.
        string[] elsewhere = [.. desk.StorageSettings, $"--Data:Path={In("elsewhere")}"];
        Assert.Equal(0, await DeskCommands.RunAsync(["train", "--data", In("train.tsv"), "--with-corrections", "--environment", "Development", .. elsewhere], _output, _error));
        Assert.Equal(0, await DeskCommands.RunAsync(["promote", "--held-out", In("heldout.tsv"), "--environment", "Development", .. elsewhere], _output, _error));
        await TakenUpAsync(desk, bundled);
        Assert.Equal(desk.Model.Version, desk.OtherModel!.Version);
        var promoted = desk.Model.Version;

        await desk.RestartAsync();
        Assert.Equal(promoted, desk.Model.Version);
        string[] third = [.. desk.StorageSettings, $"--Data:Path={In("third")}"];
        Assert.Equal(0, await DeskCommands.RunAsync(["doctor", "--environment", "Development", .. third], _output, _error));
        Reads.Contains($"The model {promoted} is loaded.", _output.ToString());

        Assert.Equal(0, await DeskCommands.RunAsync(["rollback", "--environment", "Development", .. third], _output, _error));
        await TakenUpAsync(desk, promoted);
        Assert.Equal((bundled, bundled), (desk.Model.Version, desk.OtherModel.Version));
    }

    [Fact]
    public async Task Promote_ModelThatIsNotBetter_IsRefusedWithBothFigures()
    {
        await using var desk = await RunningDesk.StartAsync("local");
        WriteHouseWords();
        Assert.Equal(0, await RunAsync(desk, "train", "--data", In("train.tsv"), "--with-corrections", "--out", In("house.bin")));
        await File.WriteAllTextAsync(In("usual.tsv"), "text\ttype\tcategory\timpact\turgency\n" + string.Concat(Enumerable.Range(0, 20).Select(i => $"my laptop {i} does not start\tincident\thardware\tperson\tmedium\n")));

        Assert.Equal(1, await RunAsync(desk, "promote", "--model", In("house.bin"), "--held-out", In("usual.tsv")));

        Reads.Contains("type      old 1.000  new", _output.ToString());
        Reads.Contains("Not promoted", _error.ToString());
        Assert.False(File.Exists(Path.Combine(desk.DataPath, "models", "triage.bin")));
    }

    [Theory, OnEveryPlatform]
    public async Task Train_WithCorrections_LearnsWhatWasAcceptedAndNothingElse(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform);
        var (ada, grace, wanda) = (desk.Person("ada"), desk.Person("grace"), desk.Person("wanda"));
        await ada.BindAsync("workplace");
        grace.Join("workplace");
        WriteHouseWords();
        foreach (var (words, verb) in new[] { ("My laptop does not start.", "accept"), ("The docking station of my desk is dead.", "reject") })
        {
            await TicketTalkStory.LogAsync(wanda, words);
            await grace.PressAsync("Change type or priority", ("category", "printing"));
            await ada.SayAsync($"review {verb} {(await desk.ReadAsync(snapshot => snapshot.CandidatesAsync(ReviewState.Waiting)))[0].Ticket}");
            await desk.PassAsync(TimeSpan.FromHours(5));
        }

        Assert.Equal(0, await RunAsync(desk, "train", "--data", In("train.tsv"), "--with-corrections"));

        Reads.Contains("accepted corrections to learn from", _output.ToString());
        var counts = _output.ToString().Split(' ', ';');
        Assert.Equal(1, int.Parse(counts[0], System.Globalization.CultureInfo.InvariantCulture) + int.Parse(counts[7], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("missing")]
    [InlineData("damaged")]
    public async Task PromotedModel_MissingOrDamagedAtStart_LeavesTheDeskWorkingAndSaysSo(string how)
    {
        var models = Directory.CreateDirectory(In("models"));
        await File.WriteAllTextAsync(Path.Combine(models.FullName, "promoted.json"), """{"Version":"triage-12345678","At":"2026-11-01T00:00:00+00:00"}""");
        if (how == "damaged")
        {
            await File.WriteAllTextAsync(Path.Combine(models.FullName, "triage.bin"), "SDBTRG01 and then nothing that makes sense");
        }

        await using var desk = await RunningDesk.StartAsync("local", $"--Data:Path={_folder.FullName}");

        Assert.Contains(desk.Log, line => line.Text.Contains("Triage runs on triage-", StringComparison.Ordinal) && line.Text.Contains(how, StringComparison.Ordinal));
        await desk.Person("wanda").SayAsync(WarehouseStory.Words);
        Assert.Equal(2, (await desk.OnlyAsync("query")).Priority);
        Assert.Equal(0, await DeskCommands.RunAsync(["doctor", "--environment", "Development", $"--Data:Path={_folder.FullName}"], _output, _error));
        Reads.Contains("note   Triage runs on triage-", _output.ToString());
    }

    [Theory, OnEveryPlatform]
    public async Task ModelOff_KeywordRulesAndPeople_KeepTheDeskWorking(string platform)
    {
        await using var desk = await RunningDesk.StartAsync(platform, "--Triage:Enabled=false");
        var (wanda, ada, mara) = (desk.Person("wanda"), desk.Person("ada"), desk.Person("mara"));
        await ada.BindAsync("network");

        await TicketTalkStory.LogAsync(wanda, WarehouseStory.Words);

        await ada.SeesAsync((await desk.OnlyAsync("incident")).Id);
        await ada.PressAsync("Why?");
        await ada.SeesAsync("No trained model was running");
        await mara.SayAsync("digest");
        await mara.SeesAsync("read by keyword rules");
    }

    [Theory, OnEveryPlatform]
    public async Task Shadow_SecondModel_PredictsWithoutActingAndIsReported(string platform)
    {
        WriteHouseWords();
        Assert.Equal(0, await DeskCommands.RunAsync(["train", "--data", In("train.tsv"), "--out", In("house.bin")], _output, _error));
        await using var desk = await RunningDesk.StartAsync(platform, $"--Triage:Shadow={In("house.bin")}");
        var (wanda, ada, omar) = (desk.Person("wanda"), desk.Person("ada"), desk.Person("omar"));
        foreach (var channel in new[] { "service-desk", "network", "workplace" })
        {
            await ada.BindAsync(channel);
        }

        await TicketTalkStory.LogAsync(wanda, "the wifi in the plonkomat corner went grubble again");
        var incident = await desk.OnlyAsync("incident");
        Assert.Equal(("network", desk.Model.Version), (incident.Team, incident.Prediction!.Model));
        await ada.PressAsync("Not ours", ("team", "service-desk"), ("text", "The plonkomat is theirs."));
        await ada.PressAsync("Claim");
        await ada.PressAsync("Resolve", ("text", "Ungrubbled."));
        await wanda.PressAsync("Yes, thanks");

        var shadow = Assert.Single(await desk.ReadAsync(snapshot => snapshot.PredictionsAsync(RunningDesk.Start.AddDays(-1), RunningDesk.Start.AddDays(1))), prediction => prediction.Shadow);
        Assert.Equal("hr", shadow.Labels.Category.Label);
        await desk.PassAsync(TimeSpan.FromMinutes(1));
        await omar.SayAsync("shadow report");
        await omar.SeesAsync("It would have chosen another team for 1 of 1.");
        await omar.SeesAsync($"{incident.Id}: Network → Service desk; closed by Service desk");
        await wanda.SayAsync("shadow report");
        await wanda.SeesNotAsync("It would have chosen another team");
        Assert.Equal(0, await RunAsync(desk, "report", "shadow", "--days", "3000"));
    }

    [Fact]
    public async Task Shadow_PathThatIsNoModel_StopsTheStartWithASentence()
    {
        var code = await DeskCommands.RunAsync(["serve", "--environment", "Development", "--urls", "http://127.0.0.1:0", $"--Data:Path={_folder.FullName}", $"--Triage:Shadow={In("none.bin")}"], _output, _error);

        Assert.Equal(2, code);
        Reads.Contains("Triage:Shadow", _error.ToString());
    }

    /// <summary>Words that only this house knows, so that a model that learned them is surely better at them.</summary>
    private void WriteHouseWords()
    {
        string[] things = ["glimmerator", "zorblax", "quibbler", "plonkomat"];
        string[] faults = ["shows flumpo", "went grubble", "makes snork", "has wimwam"];
        var rows = (from thing in things from fault in faults from n in Enumerable.Range(1, 12) select $"the {thing} {n} {fault} again\tincident\thr\tteam\tcritical")
            .Concat(from thing in things from n in Enumerable.Range(1, 12) select $"may I have a {thing} number {n} of my own\trequest\tfacilities\tperson\tlow").ToList();
        const string Header = "text\ttype\tcategory\timpact\turgency\n";
        File.WriteAllText(In("train.tsv"), Header + string.Join('\n', rows.Where((_, i) => i % 4 != 0)));
        File.WriteAllText(In("heldout.tsv"), Header + string.Join('\n', rows.Where((_, i) => i % 4 == 0)));
    }

    /// <summary>The desk looks twice a minute.</summary>
    private static Task TakenUpAsync(RunningDesk desk, string before) => Eventually.HoldsAsync(
        async () =>
        {
            await desk.PassAsync(TimeSpan.FromSeconds(30));
            return desk.Model.Version != before && desk.OtherModel?.Version != before;
        },
        () => $"The desk still runs {before}.");

    private Task<int> RunAsync(RunningDesk desk, params string[] verb)
    {
        _output.GetStringBuilder().Clear();
        return DeskCommands.RunAsync([.. verb, "--environment", "Development", $"--Data:Path={desk.DataPath}"], _output, _error);
    }

    private string In(string name) => Path.Combine(_folder.FullName, name);
}
