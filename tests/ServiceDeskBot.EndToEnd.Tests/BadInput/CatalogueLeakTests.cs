using System.Globalization;
using System.Text;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Platforms.Local;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.BadInput;

/// <summary>
/// People look, search, order by name, forge buttons and forms, in any order: no item that is not for them is ever named to
/// them or ordered by them. Each name is a word that occurs nowhere else. A failure names its seed.
/// </summary>
public sealed class CatalogueLeakTests
{
    private const int Items = 40;
    private const int Actions = 60;

    private static readonly string[] People = ["tom", "wanda", "ines", "jonas"];
    private static readonly string[] Departments = ["Sales", "Warehouse", "HR", "Finance"];

    [Fact]
    public async Task Catalogue_WhateverIsSaidPressedOrForged_NeverNamesOrOrdersWhatIsNotForThem()
    {
        var seed = Environment.TickCount;
        var random = new Random(seed);
        var audience = Enumerable.Range(0, Items).Select(_ => Departments.Where(_ => random.Next(2) == 0).ToArray()).ToList();
        var folder = DeskFolders.With(("catalogue.yaml", _ => Catalogue(audience)));
        await using var desk = await RunningDesk.StartAsync("local", $"--Desk:Path={folder.FullName}");

        for (var n = 0; n < Actions; n++)
        {
            await ActAsync(desk, People[random.Next(People.Length)], random.Next(Items), random.Next(7));
        }

        foreach (var (person, department) in People.Zip(Departments))
        {
            // What they typed themselves is theirs; only the desk's own words count.
            var said = string.Join('\n', (await desk.Person(person).ChatAsync()).Select(post => post.Card.Text + string.Join(' ', post.Card.Buttons.Select(button => button.Title)))) + string.Join('\n', desk.Person(person).Notices);
            for (var item = 0; item < Items; item++)
            {
                if (audience[item].Length > 0 && !audience[item].Contains(department))
                {
                    Assert.False(said.Contains(Name(item), StringComparison.OrdinalIgnoreCase), $"{person} read {Name(item)} (seed {seed})");
                }
            }
        }

        var owners = People.Zip(Departments).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        foreach (var request in (await desk.TicketsAsync()).Where(ticket => ticket.Item is not null))
        {
            var asked = audience[int.Parse(request.Item![5..], CultureInfo.InvariantCulture)];
            Assert.True(asked.Length == 0 || asked.Contains(owners[request.Reporter]), $"{request.Reporter} ordered {request.Item} (seed {seed})");
        }

        Assert.Contains(await desk.TicketsAsync(), ticket => ticket.Type == "request");
    }

    private static async Task ActAsync(RunningDesk desk, string name, int item, int what)
    {
        var person = desk.Person(name);
        switch (what)
        {
            case 0:
                await person.SayAsync("what can I order?");
                break;
            case 1:
                // The number alone finds it as well as the name would, without being the name.
                await person.SayAsync($"catalogue gadget {item}");
                break;
            case 2:
                await person.SayAsync($"order item-{item}");
                break;
            case 3:
                await person.SayAsync("service laptops");
                break;
            case 4:
                await person.SayAsync($"I would like to order gadget number {item} please");
                break;
            case 5:
                await ForgeAsync(desk, name, "order-item", item, []);
                break;
            default:
                await ForgeAsync(desk, name, "order", item, new() { ["why"] = "because" });
                break;
        }
    }

    private static async Task ForgeAsync(RunningDesk desk, string person, string action, int item, Dictionary<string, string> fields)
    {
        var platform = (LocalPlatform)desk.Platform;
        if ((await desk.Person(person).ChatAsync()).Count == 0)
        {
            await desk.Person(person).SayAsync("hello");
        }

        var wire = new LocalButton(action, new Dictionary<string, string>(StringComparer.Ordinal) { ["item"] = $"item-{item}", ["mark"] = Guid.NewGuid().ToString("N") });
        await platform.PressAsync(desk.Person(person), (await desk.Person(person).ChatAsync())[^1], new SeenButton(action, wire, false), fields);
        await desk.SettledAsync();
    }

    private static string Name(int item) => $"Zarq{item:00}x";

    private static string Catalogue(IReadOnlyList<string[]> audience)
    {
        var yaml = new StringBuilder();
        foreach (var (item, departments) in audience.Index())
        {
            yaml.Append(CultureInfo.InvariantCulture, $"""
                item-{item}:
                  name: {Name(item)}
                  description: The gadget number {item}, {Name(item)}.
                  service: laptops
                  category: hardware
                  team: workplace
                  promise: 5 hours
                  departments: [{string.Join(", ", departments)}]
                  phase: operate
                  fields: [{"{"} id: why, label: Why?, kind: text, required: true {"}"}]


                """);
        }

        return yaml.ToString();
    }
}
