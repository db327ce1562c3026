using System.Reflection;
using System.Text.RegularExpressions;
using ServiceDeskBot.Cards;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.Dialogs;
using ServiceDeskBot.Triage;
using Xunit;

namespace ServiceDeskBot.Tests.Texts;

/// <summary>
/// Every pattern of the product against texts made to let it try without end. A pattern that tries too long says so itself
/// (<see cref="RegexMatchTimeoutException"/>), so this measures nothing.
/// </summary>
public sealed class HostileTextTests
{
    private const int Length = 4_000;

    private static readonly string[] Pieces =
    [
        " ", "\t", "\n", "\u200B", "!", ".", ",", "-", "_", "*", "(", "a", "ha", "haha ", "he", "ok ", "ok", "thanks ", "thank you so much ", "danke sehr ", "still ", "not ", "no ", "yes ",
        "hi ", "hello there ", "INC-1 ", "1", "1.", "12:", "@", "a@", "a.", "x-", "http://", "https://a.", "www.", "\\", "/", "<", ">", "\"", "on a wrote: ", "From: ", "-- ", "re: ",
        "by 1", "in 1 hours ", "before ", "4111 ", "password ", "my password is ", "people ", "10 ", "what about ", "für ", "ß", "👍", "\uD83D",
    ];

    public static TheoryData<string> Patterns => [.. All().Keys];

    [Theory, MemberData(nameof(Patterns))]
    public void Match_HostileText_ComesToAnEnd(string name)
    {
        var pattern = All()[name];
        foreach (var piece in Pieces)
        {
            var much = string.Concat(Enumerable.Repeat(piece, Length / piece.Length));
            foreach (var text in new[] { much, much + "§", "ok " + much + "§", "thanks" + much + "x", "-- " + much + "\n" + much, "\"" + much })
            {
                _ = pattern.Count(text);
            }
        }
    }

    /// <summary>By where they are declared: every pattern is a generated one, so that none is made from input.</summary>
    private static Dictionary<string, Regex> All() =>
        new[] { typeof(TurnQueue), typeof(AllDialogs), typeof(BlockKitRenderer), typeof(TriageModel) }
            .SelectMany(known => known.Assembly.GetTypes())
            .SelectMany(type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
            .Where(method => method.ReturnType == typeof(Regex) && method.GetParameters().Length == 0 && method.GetCustomAttribute<GeneratedRegexAttribute>() is not null)
            .ToDictionary(method => $"{method.DeclaringType!.FullName}.{method.Name}", method => (Regex)method.Invoke(null, null)!, StringComparer.Ordinal);
}
