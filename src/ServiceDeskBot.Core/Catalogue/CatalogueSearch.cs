using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Triage;

namespace ServiceDeskBot.Core.Catalogue;

/// <summary>Finds items by plain words among those that a person is shown: first what is called so, then what is described alike.</summary>
public static class CatalogueSearch
{
    /// <summary>Less alike than this is not an answer.</summary>
    private const double LeastAlike = 0.08;

    private const int FirstLook = 50;

    public static IReadOnlyList<CatalogueItem> Find(string words, Offer offer, DeskContent desk, ISimilarityIndex similar, int most)
    {
        var wanted = words.Trim();
        if (wanted.Length == 0)
        {
            return [];
        }

        var found = offer.Items.Where(item => IsCalled(item, wanted)).Take(most).ToList();
        foreach (var item in Alike(wanted, offer, desk, similar, most))
        {
            if (found.Count < most && !found.Contains(item))
            {
                found.Add(item);
            }
        }

        return found;
    }

    /// <summary>Looks further down the list when what is nearest is not for this person.</summary>
    private static List<CatalogueItem> Alike(string words, Offer offer, DeskContent desk, ISimilarityIndex similar, int most)
    {
        for (var count = FirstLook; ; count *= 8)
        {
            var near = similar.Nearest(words, SimilarKind.CatalogueItem, count);
            var shown = near.Where(one => one.Score >= LeastAlike).Select(one => desk.Item(one.Id)).OfType<CatalogueItem>().Where(offer.Shows).Take(most).ToList();
            if (shown.Count == most || near.Count < count)
            {
                return shown;
            }
        }
    }

    private static bool IsCalled(CatalogueItem item, string words) =>
        item.Id.Equals(words, StringComparison.OrdinalIgnoreCase)
        || item.Name.Contains(words, StringComparison.OrdinalIgnoreCase)
        || item.Terms.Any(term => term.Equals(words, StringComparison.OrdinalIgnoreCase));
}
