using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.FirstMessages;

/// <summary>
/// First messages in many voices, each said by somebody new to the whole program: what is understood, and what is asked next.
/// What the person is asked is read from what they see; type, category and item from the query that was stored.
/// </summary>
public sealed class FirstMessageTests
{
    private const double Bar = 0.9;

    [Fact]
    public async Task FirstMessages_SaidByNewPeople_AreUnderstoodAsTheBarAsks()
    {
        await using var desk = await RunningDesk.StartAsync("local");
        var rows = Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "FirstMessages"), "*.tsv").Order(StringComparer.Ordinal)
            .SelectMany(file => File.ReadAllLines(file).Skip(1)).Select(line => line.Split('\t')).ToList();
        var misses = new List<string>();
        for (var i = 0; i < rows.Count; i++)
        {
            var expected = string.Join(" | ", rows[i].Skip(1));
            var found = await SayAsync(desk, $"newcomer{i:000}", rows[i]);
            if (found != expected)
            {
                misses.Add($"{rows[i][0]}\n    expected {expected}\n    found    {found}");
            }
        }

        var right = 1 - ((double)misses.Count / rows.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{right:P1} of {rows.Count} first messages are understood. Misses:\n{string.Join('\n', misses)}");
        Assert.True(right >= Bar, $"{right:P1} of {rows.Count}, the bar is {Bar:P0}. Misses:\n{string.Join('\n', misses)}");
    }

    /// <summary>What came of a message, in the columns of the file; columns that it leaves empty are not looked at.</summary>
    private static async Task<string> SayAsync(RunningDesk desk, string name, string[] row)
    {
        var person = desk.Person(name);
        var before = (await desk.TicketsAsync()).Select(ticket => ticket.Id).ToHashSet(StringComparer.Ordinal);
        await person.SayAsync(row[0].Replace("\\n", "\n", StringComparison.Ordinal));
        var made = (await desk.TicketsAsync()).Where(ticket => !before.Contains(ticket.Id)).ToList();
        var query = made.Find(ticket => ticket.Type == "query");
        var next = NextOf(await person.SeenAsync(), query);
        var type = query?.Prediction?.Type ?? row[1];
        return string.Join(
            " | ",
            row[1].Length == 0 ? "" : next is "thanks" or "hello" or "status" or "person" ? row[1] : type,
            row[2].Length == 0 ? "" : query?.Category ?? "",
            query?.Item is { } item && (row[3].Length > 0 || next == "order") ? item : "",
            next);
    }

    private static string NextOf(string seen, Ticket? query) => query switch
    {
        { Asks.About: "parts" } => "split",
        { Asks: not null } => "ask",
        { Restricted: true } => "safe",
        { IsOpen: true, Item: not null } => "order",
        { IsOpen: true } => "log",
        _ => seen switch
        {
            _ when seen.Contains("A colleague of the", StringComparison.Ordinal) => "person",
            _ when seen.Contains("nothing open", StringComparison.Ordinal) => "status",
            _ when seen.Contains("You're welcome", StringComparison.Ordinal) || seen.Contains("I pass that on", StringComparison.Ordinal) => "thanks",
            _ when seen.Contains("How can I help?", StringComparison.Ordinal) => "hello",
            _ => "nothing",
        },
    };
}
