using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Dialogs;
using ServiceDeskBot.Hosting;
using Xunit;

namespace ServiceDeskBot.Tests.Texts;

/// <summary>Reads every text a person may see.</summary>
public sealed partial class TextsTests
{
    private static readonly Phrasebook Book = new(typeof(Phrasebook).Assembly, AllDialogs.Assembly, typeof(DeskHost).Assembly);

    /// <summary>Texts that only agents and managers read may use the field's words.</summary>
    private static readonly string[] Internal = ["team.", "claim.", "join.", "release.", "not-ours.", "assign.", "reply.title", "note.", "merge.title", "merge.label", "merge.told", "merge.unknown", "change.", "resolve.title", "resolve.told", "why.", "welcome.agent", "welcome.manager", "welcome.operator", "bind.", "health.", "digest.", "record.", "report.", "button."];

    [Fact]
    public void Texts_EveryKey_HasGermanWithTheSameHoles()
    {
        foreach (var (key, texts) in Book.Texts)
        {
            Assert.True(texts.ContainsKey("de"), $"{key} has no German text");
            Assert.True(HolesOf(texts["en"]).SetEquals(HolesOf(texts["de"])), $"{key} has other holes in German");
        }
    }

    [Fact]
    public void Texts_ForPeople_AreFreeOfJargon()
    {
        foreach (var (key, texts) in Book.Texts.Where(text => !Internal.Any(prefix => text.Key.StartsWith(prefix, StringComparison.Ordinal))))
        {
            Assert.False(Jargon().IsMatch(texts["en"]), $"{key}: {texts["en"]}");
        }
    }

    /// <summary>Catches a key that is mistyped in code: every literal key in the sources must have a text.</summary>
    [Fact]
    public void Keys_InTheSources_HaveTexts()
    {
        var root = Repository.Root;
        var missing = new[] { "src", "dialogs" }
            .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(root, folder), "*.cs", SearchOption.AllDirectories))
            .Where(file => !file.Contains("/obj/", StringComparison.Ordinal) && !file.Contains("/bin/", StringComparison.Ordinal))
            .SelectMany(file => Literal().Matches(File.ReadAllText(file)).Select(match => (file, key: match.Groups["key"].Value)))
            .Where(use => !Book.Texts.ContainsKey(use.key))
            .Select(use => $"{Path.GetFileName(use.file)}: {use.key}")
            .ToList();

        Assert.Empty(missing);
    }

    private static HashSet<string> HolesOf(string text) => [.. Hole().Matches(text).Select(match => match.Value)];

    [GeneratedRegex(@"\{[a-zA-Z]+\}", RegexOptions.NonBacktracking)]
    private static partial Regex Hole();

    [GeneratedRegex(@"Phrase\.Key\(""(?<key>[^""$]+)""")]
    private static partial Regex Literal();

    [GeneratedRegex(@"\b(P[1-4]|L[123]|SLA|CI|CMDB|KEDB|swarm\w*|escalat\w+|triage\w*|breach\w*|assignee|resolver|ITIL|incident|ticket queue|SLO|OLA)\b", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Jargon();
}
