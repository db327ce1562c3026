using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Tickets;

namespace ServiceDeskBot.Core.Intake;

/// <summary>What the desk makes of a message: the model's advice, sharpened by what the text says outright, judged by the desk's policy.</summary>
/// <param name="Type">The contract's label; <c>incident</c> or <c>request</c> where the model abstained.</param>
/// <param name="Sure">False: the model abstained on the type; a person looks before anything is routed silently.</param>
/// <param name="Articles">Answers worth offering, best first, at most three; empty at high priority and on sensitive ground.</param>
public sealed record Understanding(
    string Type,
    bool Sure,
    Service? Service,
    string? Category,
    Team Team,
    string Impact,
    string Urgency,
    int Priority,
    IReadOnlyList<string> Evidence,
    DateTimeOffset? Deadline,
    bool Frustrated,
    bool Restricted,
    CatalogueItem? Item,
    IReadOnlyList<Article> Articles,
    TicketPrediction Prediction)
{
    /// <summary>The evidence code of a query that nobody could place: people look at it first.</summary>
    public const string UnsureCode = "unsure";

    /// <summary>The separate matters in the message, in its words; empty when it is one.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>What has to be asked before it can be placed; <c>null</c> when nothing.</summary>
    public Clarification? Asks { get; init; }

    /// <summary>As an event on the query.</summary>
    public Classified ToEvent(DateTimeOffset at) => new(Service?.Id, Category, Team.Id, Impact, Urgency, Priority)
    {
        At = at,
        By = "desk",
        Prediction = Prediction,
        Evidence = Evidence,
        Deadline = Deadline,
        Offered = [.. Articles.Select(article => article.Id)],
        Item = Item?.Id,
        Frustrated = Frustrated,
        Restricted = Restricted,
        Asks = Parts.Count > 0 ? new Clarification(SeveralMatters.About, [.. Enumerable.Range(1, Parts.Count).Select(n => n.ToString(System.Globalization.CultureInfo.InvariantCulture))]) : Asks,
    };
}
