using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Triage.Features;

namespace ServiceDeskBot.Triage.Rules;

/// <summary>
/// What the desk runs on when no artefact can be loaded: keyword rules. They are never sure enough to act alone, so
/// every guess but an outright one abstains and a person decides.
/// </summary>
public sealed class RulesTriageModel : ITriageModel
{
    private const int MostReasons = 8;
    private const double NoRule = 0.25;
    private const double OneRule = 0.5;
    private const double ClearRule = 0.7;
    private const int ClearLead = 2;

    public string Version => ITriageModel.Rules;

    public Prediction Predict(string text)
    {
        var folded = new FoldedText();
        folded.Read(text);
        var words = $" {folded.Chars} ";
        var reasons = new List<string>();
        return new Prediction(
            Version,
            Judge(words, KeywordRules.Type, "other", reasons),
            Judge(words, KeywordRules.Category, "other", reasons),
            Judge(words, KeywordRules.Impact, "person", []),
            Judge(words, KeywordRules.Urgency, "medium", []),
            [.. reasons.Distinct(StringComparer.Ordinal).Take(MostReasons)]);
    }

    private static Guess Judge(string words, KeywordRule[] rules, string otherwise, List<string> reasons)
    {
        var ranked = rules
            .Select(rule => (rule.Label, Hits: HitsOf(words, rule)))
            .Where(candidate => candidate.Hits.Count > 0)
            .OrderByDescending(candidate => candidate.Hits.Sum(Weight))
            .ToList();
        if (ranked.Count == 0)
        {
            return new Guess(otherwise, NoRule, [otherwise], Abstain: true);
        }

        reasons.AddRange(ranked[0].Hits);
        var best = ranked[0].Hits.Sum(Weight);
        var second = ranked.Count > 1 ? ranked[1].Hits.Sum(Weight) : 0;
        var clear = best - second >= ClearLead;
        string[] candidates = clear || second == 0 ? [ranked[0].Label] : [ranked[0].Label, ranked[1].Label];
        return new Guess(ranked[0].Label, clear ? ClearRule : OneRule, candidates, Abstain: !clear);
    }

    private static List<string> HitsOf(string words, KeywordRule rule)
    {
        var hits = new List<string>();
        foreach (var term in rule.Terms)
        {
            if (BeginsAWord(words, term) && !hits.Exists(hit => hit.Contains(term, StringComparison.Ordinal)))
            {
                hits.Add(term);
            }
        }

        return hits;
    }

    /// <summary>Short terms must be the whole word: "hi" is not "history".</summary>
    private static bool BeginsAWord(string words, string term)
    {
        const int shortTerm = 4;
        for (var at = words.IndexOf(term, StringComparison.Ordinal); at >= 0; at = words.IndexOf(term, at + 1, StringComparison.Ordinal))
        {
            var begins = !char.IsLetterOrDigit(words[at - 1]);
            var ends = term.Length > shortTerm || !char.IsLetterOrDigit(words[at + term.Length]);
            if (begins && ends)
            {
                return true;
            }
        }

        return false;
    }

    private static int Weight(string term) => term.Contains(' ', StringComparison.Ordinal) ? 2 : 1;
}
