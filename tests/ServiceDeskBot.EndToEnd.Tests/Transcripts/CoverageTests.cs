using ServiceDeskBot.Dialogs;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Transcripts;

/// <summary>What the transcripts show of each dialog, by the <c>covers:</c> lines in them.</summary>
public sealed class CoverageTests
{
    private static readonly string[] Situations = ["happy", "not-understood", "changed-mind", "interrupted", "expired", "restarted", "old-state"];

    private static readonly IReadOnlyList<string> All = [.. AllDialogs.List.SelectMany(dialog => Situations.Select(situation => $"{dialog.Name} {situation}"))];

    [Fact]
    public void Dialogs_InEverySituation_HaveATranscript() => Assert.Empty(All.Except(Transcript.All.SelectMany(transcript => transcript.Covers)));

    /// <summary>A mistyped mark would cover nothing.</summary>
    [Fact]
    public void Covers_EachMark_IsADialogAndASituation() => Assert.Empty(Transcript.All.SelectMany(transcript => transcript.Covers).Except(All));
}
