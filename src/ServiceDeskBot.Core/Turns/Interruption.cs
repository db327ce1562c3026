using System.Text.RegularExpressions;

namespace ServiceDeskBot.Core.Turns;

/// <summary>What a person may say in the middle of anything: it is served first, whatever the dialog had asked.</summary>
internal enum Interruption
{
    None,

    /// <summary>"cancel", "never mind": the question is dropped.</summary>
    Cancel,

    /// <summary>"go on": the question again.</summary>
    Resume,

    /// <summary>"drop it".</summary>
    Drop,

    /// <summary>Help, status, a person, a command: served as if there were no dialog.</summary>
    SomethingElse,
}

internal static partial class Interruptions
{
    extension(Interruption)
    {
        public static Interruption In(string text) =>
            CancelWords().IsMatch(text) ? Interruption.Cancel
            : ResumeWords().IsMatch(text) ? Interruption.Resume
            : DropWords().IsMatch(text) ? Interruption.Drop
            : Reading.IsCommandOrQuestion(text) ? Interruption.SomethingElse
            : Interruption.None;

        /// <summary>The category of words that clearly report or ask for something; <c>null</c> for others.</summary>
        public static string? MatterOfItsOwn(string text, TurnContext context) =>
            text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length >= FewestWords
            && context.Reading.Read(text, context.Desk, context.Now, context.Zone) is { Sure: true, Type: "incident" or "request" or "question" or "complaint" or "idea", Category: not (null or "other") } read
                ? read.Category
                : null;
    }

    private const int FewestWords = 4;

    private const RegexOptions Quick = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex(@"^\W*(cancel|stop|never ?mind|forget (it|that|about it)|abort|quit|leave it|abbrechen|vergiss (es|das)|egal|schon gut|stopp)\W*$", Quick, 2000)]
    private static partial Regex CancelWords();

    [GeneratedRegex(@"^\W*(go on|continue|resume|carry on|back to it|weiter|weitermachen|mach weiter)\W*$", Quick, 2000)]
    private static partial Regex ResumeWords();

    [GeneratedRegex(@"^\W*(drop it|drop|fallen lassen|lass es|nicht weiter)\W*$", Quick, 2000)]
    private static partial Regex DropWords();
}
