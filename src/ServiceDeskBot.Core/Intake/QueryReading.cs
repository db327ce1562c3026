using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Triage;

namespace ServiceDeskBot.Core.Intake;

/// <summary>Reads one message: what kind of thing, which service, whose, how bad, what might help at once.</summary>
public sealed partial class QueryReading(ITriageModel model, ISimilarityIndex similar, ShadowModel? shadow = null)
{
    private const int MostArticles = 3;

    /// <summary>From here on small talk, a compliment or a status question is taken as one without asking.</summary>
    private const double Surely = 0.85;

    /// <summary>An order needs more likeness than an article: it leads to a form.</summary>
    private const double ItemThreshold = 0.2;

    /// <summary>And more still where none of its names' words was said: "a second screen for my desk" is like a laptop that is brought to one.</summary>
    private const double UnnamedItemThreshold = 0.3;

    /// <summary>How much more alike an article of another category has to be: a laptop's article seldom helps with a printer.</summary>
    private const double OtherCategory = 0.15;

    /// <summary>By the very string: one turn asks several times what the same words are.</summary>
    private readonly ConditionalWeakTable<string, Prediction> _read = [];

    public ITriageModel Model => model;

    /// <summary>The type the model is sure of; <c>null</c> when it is not.</summary>
    public string? TypeOf(string text) => Predict(text) is { Type: { Abstain: false, Confidence: >= Surely } type } ? type.Label : null;

    /// <summary>Whether words say by themselves what they are about: they name a service, or the model is sure of a category.</summary>
    public bool IsTelling(string text, DeskContent desk) => Named(text, desk) is not null || Predict(text).Category is { Abstain: false, Label: not "other" };

    /// <summary>Whether a message may be a matter of its own beside those before it; "it only happens with small labels" is more of the same.</summary>
    public bool StandsAlone(string text) => Predict(text) is { Category.Confidence: >= LeastAlone } prediction && IsMatter(prediction.Type.Label);

    /// <summary>Catalogue items and other texts like these words.</summary>
    public ISimilarityIndex Similar => similar;

    /// <summary>What the model makes of a text, and what the one in its shadow would.</summary>
    public IEnumerable<(Prediction Said, bool Shadow)> Guesses(string text)
    {
        yield return (Predict(text), false);
        if (shadow?.Model is { } second)
        {
            yield return (second.Predict(text), true);
        }
    }

    /// <param name="mayOrder">Which items may be understood; <c>null</c>: none, since an item that is not for the person must not even be named.</param>
    public Understanding Read(string message, DeskContent desk, DateTimeOffset now, TimeZoneInfo zone, Func<CatalogueItem, bool>? mayOrder = null)
    {
        var text = Forwarded.WhatMatters(message);
        var read = ReadOne(text, desk, now, zone, mayOrder);
        return IsMatter(read.Type) ? read with { Parts = SeveralMatters.In(text, piece => KindOf(piece, desk)) } : read;
    }

    private Understanding ReadOne(string text, DeskContent desk, DateTimeOffset now, TimeZoneInfo zone, Func<CatalogueItem, bool>? mayOrder)
    {
        var sign = SecuritySigns.In(text);
        var prediction = Predict(text);
        var evidence = Evidence.In(text, now, zone);
        var service = Named(text, desk);
        var type = sign is not null ? "incident" : IdeaWords().IsMatch(text) ? "idea" : prediction.Type.Label;
        var asks = sign is null && type == prediction.Type.Label && IsMatter(type) ? Clarification.For(prediction, service, desk) : null;
        var category = asks is { About: Clarification.Category } ? asks.Candidates[0] : CategoryOf(prediction, service, desk);
        var impact = evidence.Impact(prediction.Impact.Abstain ? "person" : prediction.Impact.Label);
        var urgency = evidence.Urgency(prediction.Urgency.Abstain ? "medium" : prediction.Urgency.Label);
        if (type is "request" or "question" && evidence.LeastUrgency is null && urgency is "high" or "critical")
        {
            urgency = "medium";
        }

        urgency = sign is null ? urgency : SecuritySigns.IsHarm(sign, text) ? "critical" : urgency is "low" or "medium" ? "high" : urgency;
        var priority = desk.Policies.Priority(impact, urgency);
        var wanted = type == "request" && mayOrder is not null && Wants.Anything(text) ? WantedItem(text, desk, mayOrder) : null;
        (category, asks) = wanted is null ? (category, asks) : (wanted.Category, null);
        var worry = sign is not null || IsSecurityWorry(prediction);
        category = worry ? "security" : category;
        // What a closed team looks after is its members' business only; of security, a question or a wish is everybody's.
        var restricted = category == "security" ? worry || type == "incident" : IsMatter(type) && desk.TeamFor(category).Closed;
        if (priority <= 2 || restricted)
        {
            // People first: nobody is asked anything while work stands still.
            (asks, category) = (null, restricted ? category : wanted?.Category ?? CategoryOf(prediction, service, desk));
        }

        category = type == "complaint" && category == "security" && !restricted ? "other" : category;
        var team = desk.TeamFor(category);
        // A word that only passes by ("entered my password" in a phishing report) must not name the service.
        service = service?.Category == category ? service : null;
        service ??= desk.Services.FirstOrDefault(candidate => candidate.Category == category && candidate.Team == team.Id && !prediction.Category.Abstain && Alone(candidate, desk));
        var unsure = asks is null && IsMatter(type) && category == "other" && prediction.Category.Abstain;
        return new Understanding(
            type,
            sign is not null || type != prediction.Type.Label || !prediction.Type.Abstain,
            service,
            category,
            team,
            impact,
            urgency,
            priority,
            [.. evidence.Codes, .. unsure ? new[] { Understanding.UnsureCode } : [], .. sign is null ? Array.Empty<string>() : [sign]],
            evidence.Deadline,
            FrustratedWords().IsMatch(text),
            restricted,
            type == "request" && mayOrder is not null ? wanted ?? ItemFor(text, category, desk, mayOrder) : null,
            priority >= 3 && (!restricted || category != "security") && type is "incident" or "question" ? ArticlesFor(text, category, desk) : [],
            new TicketPrediction(prediction.Model, type, prediction.Type.Confidence, category, prediction.Category.Confidence, prediction.Reasons))
        {
            Asks = asks,
        };
    }

    /// <summary>
    /// On the safe side: where the model thinks first of security, people of the closed circle look, even when it is not
    /// sure. Of complaints it has never learned a category; those it must be sure of.
    /// </summary>
    private static bool IsSecurityWorry(Prediction prediction) =>
        prediction is { Type.Label: "incident", Category: { Label: "security", Confidence: >= LeastWorry } } or { Type.Label: "complaint", Category: { Label: "security", Confidence: >= Surely } };

    private const double LeastWorry = 0.35;

    /// <summary>What a piece of a message would be by itself, where there is no doubt.</summary>
    private (string Category, string Type)? KindOf(string piece, DeskContent desk)
    {
        var prediction = Predict(piece);
        var category = SecuritySigns.In(piece) is not null ? "security" : CategoryOf(prediction, Named(piece, desk), desk);
        return IsMatter(prediction.Type.Label) && prediction.Type.Label is not "idea" && prediction.Type.Confidence >= LeastPart && category is not (null or "other") ? (category, prediction.Type.Label) : null;
    }

    private const double LeastPart = 0.55;

    /// <summary>Above what the model says of details: a serial number, what was tried, where somebody sits.</summary>
    private const double LeastAlone = 0.9;

    /// <summary>Something that has to reach the right people, unlike small talk.</summary>
    private static bool IsMatter(string type) => type is "incident" or "request" or "question" or "complaint" or "idea";

    private Prediction Predict(string text) => _read.GetValue(text, model.Predict);

    /// <summary>The item that the person says outright they want, by its name or a term; the longest wins.</summary>
    private static CatalogueItem? WantedItem(string text, DeskContent desk, Func<CatalogueItem, bool> mayOrder)
    {
        CatalogueItem? best = null;
        var longest = 0;
        foreach (var item in desk.Catalogue)
        {
            foreach (var term in item.Terms.Append(item.Name))
            {
                if (term.Length > longest && Wants.Outright(text, term) && mayOrder(item))
                {
                    (best, longest) = (item, term.Length);
                }
            }
        }

        return best;
    }

    /// <summary>The catalogue item that is called so, else the one most like the words that is of their category; only what can be ordered.</summary>
    private CatalogueItem? ItemFor(string text, string? category, DeskContent desk, Func<CatalogueItem, bool> mayOrder)
    {
        foreach (var near in similar.Nearest(text, SimilarKind.CatalogueItem, 3))
        {
            if (desk.Item(near.Id) is { } item && IsMeant(item, near.Score, text)
                && (item.Category == category || item.Terms.Any(term => WholeWords.AllIn(text, term))) && mayOrder(item))
            {
                return item;
            }
        }

        return null;
    }

    private static bool IsMeant(CatalogueItem item, double likeness, string text) => Wants.Mentioned(text, item.Terms.Append(item.Name)) switch
    {
        Mention.Itself => likeness >= ItemThreshold,
        Mention.Aside => false,
        _ => likeness >= UnnamedItemThreshold,
    };

    private List<Article> ArticlesFor(string text, string? category, DeskContent desk)
    {
        var found = new List<(Article Article, double Score)>();
        foreach (var near in similar.Nearest(text, SimilarKind.Article, 10))
        {
            if (desk.Article(near.Id) is { Audience: "user" } article)
            {
                found.Add((article, near.Score - (category is null || article.Categories.Contains(category) ? 0 : OtherCategory)));
            }
        }

        return [.. found.Where(near => near.Score >= desk.Policies.Intake.ArticleThreshold).OrderByDescending(near => near.Score).Take(MostArticles).Select(near => near.Article)];
    }

    /// <summary>The service whose name or term stands in the text; the longest term wins ("warehouse wifi" before "wifi").</summary>
    private static Service? Named(string text, DeskContent desk)
    {
        Service? best = null;
        var longest = 0;
        foreach (var service in desk.Services)
        {
            foreach (var term in service.Terms)
            {
                if (term.Length > longest && WholeWords.AllIn(text, term))
                {
                    (best, longest) = (service, term.Length);
                }
            }
        }

        return best;
    }

    private static string? CategoryOf(Prediction prediction, Service? service, DeskContent desk)
    {
        // What the person names outright beats a model that is not sure; a sure model beats a word that only passes by.
        var predicted = prediction.Category.Label;
        if (service is not null && (prediction.Category.Abstain || prediction.Category.Candidates.Contains(service.Category) || string.IsNullOrEmpty(predicted)))
        {
            return service.Category;
        }

        return prediction.Category.Abstain || !desk.Teams.Any(team => team.Categories.Contains(predicted)) ? service?.Category ?? "other" : predicted;
    }

    /// <summary>Whoever calls it an idea means one.</summary>
    [GeneratedRegex(@"^\W*(an? |eine |meine |my )?(idea|idee|suggestion|vorschlag|verbesserungsvorschlag)\s*[:–-]|\b(just|only) (an idea|a suggestion)\b|\bnur (so )?(eine idee|ein vorschlag)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex IdeaWords();

    private static bool Alone(Service candidate, DeskContent desk) => desk.Services.Count(service => service.Category == candidate.Category) == 1;

    [GeneratedRegex(@"!!!|\b(unacceptable|ridiculous|fed up|frustrat\w+|furious|angry|annoy\w+|joke|useless|wtf|damn|again and again|every (single )?(day|time)|third time|still not|sick of|worried|unverschämt|ständig|genervt|wieder nicht|nervt)\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, 2000)]
    private static partial Regex FrustratedWords();
}
