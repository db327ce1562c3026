using ServiceDeskBot.Core.Conversations.Cards;

namespace ServiceDeskBot.Core.Desk;

/// <summary>What is asked once an incident of some category is logged: only what is missing, and maybe a fix on the way.</summary>
/// <param name="Services">For incidents of one of these services; goes before <paramref name="Categories"/>.</param>
/// <param name="Steps">In order; an answer may skip some, never go back.</param>
public sealed record CategoryScript(string Id, IReadOnlyList<string> Categories, IReadOnlyList<string> Services, IReadOnlyList<ScriptStep> Steps)
{
    /// <summary>Stands for the end of a script where an answer says what comes next.</summary>
    public const string End = "end";

    public ScriptStep? Step(string id) => Steps.FirstOrDefault(step => step.Id == id);

    /// <summary>The first step that is still to be taken; <c>null</c> when nothing is.</summary>
    /// <param name="answers">Values of options, or words, by step.</param>
    /// <param name="tried">Articles that did not help.</param>
    public ScriptStep? Next(IReadOnlyDictionary<string, string> answers, IReadOnlyCollection<string> tried)
    {
        for (var i = 0; i < Steps.Count;)
        {
            var step = Steps[i];
            if (step.Article is { } article ? !tried.Contains(article) : !answers.ContainsKey(step.Id))
            {
                return step;
            }

            var chosen = step.Article is null ? step.Options.FirstOrDefault(option => option.Id == answers[step.Id])?.Then : null;
            i = (chosen ?? step.Then) switch
            {
                null => i + 1,
                End => Steps.Count,
                var then => Math.Max(i + 1, Steps.ToList().FindIndex(later => later.Id == then)),
            };
        }

        return null;
    }
}

/// <summary>A question, or an article to try.</summary>
public sealed record ScriptStep(string Id)
{
    /// <summary>Set where something is asked.</summary>
    public Wording? Question { get; init; }

    /// <summary>What the answer is called on the team's card.</summary>
    public Wording? Fact { get; init; }

    /// <summary>Empty: answered in words.</summary>
    public IReadOnlyList<ScriptOption> Options { get; init; } = [];

    /// <summary><c>devices</c> or <c>site</c>: what the desk may know about the person already; <c>null</c>: nothing.</summary>
    public string? From { get; init; }

    /// <summary>True where the answer is a file, such as a photo.</summary>
    public bool File { get; init; }

    /// <summary>Set where something is tried: the article's id.</summary>
    public string? Article { get; init; }

    /// <summary>The step that follows, or <see cref="CategoryScript.End"/>; <c>null</c>: the next one. An option's own goes before it.</summary>
    public string? Then { get; init; }
}

/// <param name="Words">By which people say it: in their message it answers the question before it is asked.</param>
/// <param name="Then">The step that follows, or <see cref="CategoryScript.End"/>; <c>null</c>: what the step says.</param>
public sealed record ScriptOption(string Id, Wording Title, IReadOnlyList<string> Words, string? Then);
