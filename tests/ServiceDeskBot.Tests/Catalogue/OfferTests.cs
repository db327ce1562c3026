using FsCheck;
using FsCheck.Fluent;
using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Desk;
using ServiceDeskBot.Core.Desk.Content;
using ServiceDeskBot.Core.People;
using ServiceDeskBot.Core.Triage;
using ServiceDeskBot.Triage.Similarity;
using Xunit;

namespace ServiceDeskBot.Tests.Catalogue;

/// <summary>Whatever the items ask and whatever a person is: nothing that is not for them is shown, named, found or ordered.</summary>
public sealed class OfferTests
{
    private static readonly Phrasebook Book = new(typeof(Phrasebook).Assembly);
    private static readonly DateOnly Today = new(2026, 11, 24);
    private static readonly string[] Roles = ["agent", "manager", "operator"];
    private static readonly string[] Groups = ["field", "lab", "night"];
    private static readonly string[] Departments = ["Sales", "Warehouse"];
    private static readonly string[] Trainings = ["crane", "laser"];
    private static readonly string[] Phases = ["strategy", "design", "transition", "operate", "improve", "retire"];

    private static readonly DeskContent Bundled = Assert.IsType<DeskReading.Complete>(DeskFolder.Read(Path.Combine(AppContext.BaseDirectory, "desk"))).Desk;

    /// <summary>A catalogue whose every name holds a word of its own, and somebody to look at it.</summary>
    private static readonly Arbitrary<(DeskContent Desk, Person Person)> Cases =
        (from entitlements in Entitlements().ListOf(12)
         from phases in Gen.Elements(Phases).ListOf(12)
         from roles in Gen.SubListOf(Roles)
         from groups in Gen.SubListOf(Groups)
         from department in Gen.Elements("Sales", "Warehouse", null)
         from days in Gen.Elements<int?>(-1, 0, 30, null).ListOf(Trainings.Length)
         from held in Gen.SubListOf(Trainings)
         from isListed in Gen.Elements(true, true, true, false)
         select Make([.. entitlements], [.. phases], [.. roles], [.. groups], department, [.. days], [.. held], isListed)).ToArbitrary();

    [Fact]
    public void Offer_AnyPersonAndCatalogue_ShowsFindsAndOrdersOnlyWhatIsForThem() => Prop.ForAll(Cases, given =>
    {
        var (desk, person) = given;
        using var similar = new SimilarityIndex();
        foreach (var item in desk.Catalogue)
        {
            similar.Put(SimilarKind.CatalogueItem, item.Id, $"{item.Name} {item.Description}");
        }

        var offer = new Offer(desk, person, Today);
        var known = desk.People.FirstOrDefault(one => one.Id == person.Id);
        foreach (var item in desk.Catalogue)
        {
            var isFor = IsFor(item.Entitlement, person, known);
            var found = CatalogueSearch.Find(item.Name, offer, desk, similar, 12).Concat(CatalogueSearch.Find("common device", offer, desk, similar, 12)).Concat(CatalogueSearch.Find(item.Id, offer, desk, similar, 12)).ToList();
            if (!isFor)
            {
                Assert.DoesNotContain(item, offer.Items);
                Assert.DoesNotContain(item, found);
                Assert.DoesNotContain(item.Name, Said(offer.Refusal(item)!), StringComparison.Ordinal);
            }

            Assert.Equal(isFor && item.Phase != "retire", offer.Shows(item));
            Assert.Equal(offer.Shows(item), found.Contains(item));
            Assert.Equal(isFor && item.Phase is "operate" or "improve" && isFor && Holds(item.Entitlement, known), offer.MayOrder(item));
        }
    }).Holds();

    [Fact]
    public void Offer_TrainingThatEndedYesterday_ShowsTheWayAndDoesNotOrder()
    {
        var wanda = Newcomers.Of(Bundled.People.Single(person => person.Id == "wanda"));
        var ended = Bundled with { People = [.. Bundled.People.Select(person => person.Id == "wanda" ? person with { Trainings = new Dictionary<string, DateOnly?>(StringComparer.Ordinal) { ["forklift-licence"] = Today.AddDays(-1) } } : person)] };
        var terminal = Bundled.Item("forklift-terminal")!;

        Assert.True(new Offer(Bundled, wanda, Today).MayOrder(terminal));
        Assert.Contains("HR books the two-day forklift course", Said(new Offer(ended, wanda, Today).Refusal(terminal)!), StringComparison.Ordinal);
    }

    private static string Said(Phrase phrase) => Book.Say(phrase, Reader.For("en", "Europe/Berlin"));

    /// <summary>Said again in other words than the product says it.</summary>
    private static bool IsFor(Entitlement asked, Person person, KnownPerson? known) =>
        (asked.Roles.Count == 0 || person.Roles.Intersect(asked.Roles).Any())
        && (asked.Groups.Count == 0 || (known?.Groups ?? []).Intersect(asked.Groups).Any())
        && (asked.Departments.Count == 0 || asked.Departments.Any(department => department == person.Department));

    private static bool Holds(Entitlement asked, KnownPerson? known) =>
        asked.Trainings.All(training => known?.Trainings.Any(held => held.Key == training && !(held.Value < Today)) ?? false);

    private static Gen<Entitlement> Entitlements() =>
        from roles in Few(Roles)
        from groups in Few(Groups)
        from departments in Few(Departments)
        from trainings in Few(Trainings)
        select new Entitlement([.. roles], [.. groups], [.. departments], [.. trainings], "Ask.");

    private static Gen<IList<string>> Few(string[] of) => Gen.Frequency((2, Gen.Constant<IList<string>>([])), (1, Gen.SubListOf(of).Select(list => (IList<string>)[.. list])));

    private static (DeskContent Desk, Person Person) Make(Entitlement[] entitlements, string[] phases, string[] roles, string[] groups, string? department, int?[] days, string[] held, bool isListed)
    {
        var items = entitlements.Select((entitlement, n) => new CatalogueItem($"item-{n}", $"Zarq{n}x", $"A common device Zarq{n}x.", "laptops", "hardware", "workplace", TimeSpan.FromHours(5), phases[n]) { Entitlement = entitlement }).ToList();
        var person = new Person("kim", "Kim", "kim@example.com", roles, Department: department);
        var known = new KnownPerson("kim", "Kim", "kim@example.com", roles, null, department ?? "", "", "en", "", new Dictionary<string, string>(StringComparer.Ordinal))
        {
            Groups = groups,
            Trainings = held.ToDictionary(training => training, training => days[Array.IndexOf(Trainings, training)] is { } n ? Today.AddDays(n) : (DateOnly?)null, StringComparer.Ordinal),
        };
        return (new DeskContent(Bundled.Teams, Bundled.Services, items, Bundled.Calendars, Bundled.Policies, isListed ? [.. Bundled.People, known] : Bundled.People, Bundled.Articles), person);
    }
}
