using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.People;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>
/// The catalogue as it exists for one person on one day: the one place that decides what they are shown, what they may
/// order, and why not. What is not for them is never shown, named or ordered.
/// </summary>
public sealed class Offer
{
    private static readonly string[] Live = ["operate", "improve"];

    private readonly DeskContent _desk;
    private readonly Person _person;
    private readonly KnownPerson? _known;
    private readonly DateOnly _today;

    public Offer(DeskContent desk, Person person, DateOnly today)
    {
        (_desk, _person, _today) = (desk, person, today);
        _known = desk.People.FirstOrDefault(known => known.Id == person.Id);
    }

    /// <summary>What the person is shown, in the order of the catalogue.</summary>
    public IEnumerable<CatalogueItem> Items => _desk.Catalogue.Where(Shows);

    /// <summary>True for what is for this person and lives or is about to: only that may be named to them.</summary>
    public bool Shows(CatalogueItem item) =>
        item.Phase != "retire"
        && !_desk.IsOff(item)
        && _desk.Service(item.Service) is { Phase: not "retire" }
        && (item.Entitlement.Roles.Count == 0 || item.Entitlement.Roles.Any(_person.Is))
        && (item.Entitlement.Groups.Count == 0 || (_known is not null && item.Entitlement.Groups.Intersect(_known.Groups, StringComparer.Ordinal).Any()))
        && (item.Entitlement.Departments.Count == 0 || item.Entitlement.Departments.Contains(_person.Department, StringComparer.Ordinal));

    /// <summary>True for what is shown and cannot be ordered yet, since it or its service is not in use.</summary>
    public bool IsComing(CatalogueItem item) => !Live.Contains(item.Phase, StringComparer.Ordinal) || !Live.Contains(_desk.Service(item.Service)?.Phase, StringComparer.Ordinal);

    public bool MayOrder(CatalogueItem item) => Refusal(item) is null;

    /// <summary>Why the person cannot order it, and the way to it; <c>null</c> when they can. Never names what is not for them.</summary>
    public Phrase? Refusal(CatalogueItem item) =>
        !Shows(item) ? Phrase.Key("order.unavailable")
        : IsComing(item) ? Phrase.Key("order.coming", ("item", item.Name))
        : item.Entitlement.Trainings.All(Holds) ? null
        : Phrase.Key("order.training", ("item", item.Name), ("qualify", item.Entitlement.Qualify));

    private bool Holds(string training) => _known is not null && _known.Trainings.TryGetValue(training, out var last) && (last is null || last >= _today);
}
