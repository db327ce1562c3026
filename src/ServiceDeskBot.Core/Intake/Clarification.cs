using System.Text.Json.Serialization;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Triage;

namespace ServiceDeskBot.Core.Intake;

/// <summary>The one question that is asked when the model cannot decide alone: its conformal prediction set as candidates.</summary>
/// <param name="About"><see cref="Category"/> or <see cref="Type"/>.</param>
/// <param name="Candidates">Labels, most probable first; two or three.</param>
public sealed record Clarification(string About, IReadOnlyList<string> Candidates)
{
    public const string Category = "category";
    public const string Type = "type";

    /// <summary>The answer that none of the candidates fits.</summary>
    public const string Neither = "neither";

    private const int Most = 3;

    /// <summary><c>null</c>: the words say enough, or too little for a question; then people look first.</summary>
    /// <param name="service">What the person named outright decides the category without a question.</param>
    public static Clarification? For(Prediction prediction, Service? service, DeskContent desk)
    {
        var category = prediction.Category;
        var named = service is not null && (category.Abstain || category.Candidates.Contains(service.Category));
        if (!named && IsOpen(category, desk.Policies.Intake.ClarifyBelow))
        {
            var known = category.Candidates.Where(label => desk.Teams.Any(team => team.Categories.Contains(label))).ToList();
            return known.Count is >= 2 and <= Most && !known.Exists(Delicate) ? new Clarification(Category, known) : null;
        }

        return prediction.Type is { Abstain: true, Candidates: ["incident", "request", ..] or ["request", "incident", ..] } type && type.Candidates.Count <= Most
            ? new Clarification(Type, [.. type.Candidates.Take(2)])
            : null;
    }

    /// <summary>True when nobody should act on the label alone, or two classes are close.</summary>
    public static bool IsOpen(Guess guess, double below) => guess.Abstain || (guess.Candidates.Count == 2 && guess.Confidence < below);

    /// <summary>The candidate in plain words.</summary>
    public Phrase TitleOf(string label) => About == Type ? Phrase.Key($"clarify.is.{label}") : TitleOfCategory(label);

    /// <summary>A category in plain words; one that only this desk has is shown as it is called.</summary>
    public static Phrase TitleOfCategory(string label) => Categories.Contains(label) ? Phrase.Key($"category.{label}") : label.Replace('-', ' ');

    /// <summary>"e-mail or Teams", in the reader's words.</summary>
    [JsonIgnore]
    public Phrase Choices => Candidates is [var first, var second, var third]
        ? Phrase.Key("clarify.three", ("first", TitleOf(first)), ("second", TitleOf(second)), ("third", TitleOf(third)))
        : Phrase.Key("clarify.two", ("first", TitleOf(Candidates[0])), ("second", TitleOf(Candidates[1])));

    /// <summary>"Security or something else" is no question for a chat, and "something else" is what the answer <em>neither</em> says.</summary>
    private static bool Delicate(string label) => label is "security" or "other";

    private static readonly string[] Categories =
        ["access", "network", "remote-access", "email", "collaboration", "hardware", "printing", "mobile", "software", "business-apps", "data", "security", "telephony", "facilities", "hr", "other"];
}
