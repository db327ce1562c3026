using System.Text.Json;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Stories;

/// <summary>Operators collect what the program writes: with one setting of .NET each line is an object of its own.</summary>
public sealed class LogStory
{
    [Fact]
    public async Task Program_ToldToLogJson_WritesNothingElse()
    {
        var data = Directory.CreateTempSubdirectory("desk-log-");
        await using var desk = new DeskProcess(data.FullName, "--Logging:Console:FormatterName=json");

        await desk.StartAsync();
        await desk.StopAsync();

        var lines = desk.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.Contains(lines, line => line.GetProperty("Message").GetString()!.Contains(data.FullName, StringComparison.Ordinal));
        Assert.All(lines, line => Assert.NotEqual("", line.GetProperty("LogLevel").GetString()));
        data.Delete(recursive: true);
    }
}
