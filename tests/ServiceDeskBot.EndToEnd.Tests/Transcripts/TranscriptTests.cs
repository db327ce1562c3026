using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Transcripts;

/// <summary>Every transcript on every platform; one class each, so that the platforms run beside one another.</summary>
public abstract class TranscriptTests(string platform)
{
    public static TheoryData<string> Names => [.. Transcript.All.Select(transcript => transcript.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Transcript_Played_GoesAsWritten(string name)
    {
        var transcript = Transcript.All.Single(transcript => transcript.Name == name);
        await using var desk = await RunningDesk.StartAsync(platform);

        await new TranscriptRun(desk).PlayAsync(transcript);
    }
}

public sealed class TeamsTranscriptTests() : TranscriptTests("teams");

public sealed class SlackTranscriptTests() : TranscriptTests("slack");

public sealed class LocalTranscriptTests() : TranscriptTests("local");
