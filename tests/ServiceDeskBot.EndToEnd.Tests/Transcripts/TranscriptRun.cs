using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Tickets;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.EndToEnd.Tests.Platforms;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Transcripts;

/// <summary>Plays a transcript on one platform, line by line. A line that no form fits fails: nothing is passed over.</summary>
public sealed partial class TranscriptRun(RunningDesk desk)
{
    private readonly Dictionary<string, (int Changes, SeenCard Card)> _before = new(StringComparer.Ordinal);
    private ChatPerson? _last;
    private int _notices;

    /// <param name="after">Looks at what there is after each line; <c>null</c> for nothing.</param>
    public async Task PlayAsync(Transcript transcript, Func<Task>? after = null)
    {
        foreach (var line in transcript.Lines)
        {
            try
            {
                await PlayAsync(line);
                await (after?.Invoke() ?? Task.CompletedTask);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                Assert.Fail($"{line.Where}\n{failure.Message}\n\nWhat {_last?.Name} has in front of them:\n{(_last is null ? "" : await _last.SeenAsync())}");
            }
        }
    }

    private Task PlayAsync(TranscriptLine line) =>
        line.As(Sees()) is { } sees ? SeesAsync(sees.Groups["words"].Value, true)
        : line.As(SeesNot()) is { } seesNot ? SeesAsync(seesNot.Groups["words"].Value, false)
        : line.As(Says()) is { } says ? ActAsync(says, person => person.SayAsync(Unescaped(says.Groups["words"].Value)))
        : line.As(Sends()) is { } sends ? ActAsync(sends, person => person.SayAsync(sends.Groups["words"].Value, sends.Groups["file"].Value))
        : line.As(Taps()) is { } taps ? ActAsync(taps, person => person.PressAsync(taps.Groups["title"].Value.Trim(), FieldsOf(taps.Groups["fields"].Value)))
        : line.As(Changes()) is { } changes ? ActAsync(changes, person => person.EditAsync(changes.Groups["old"].Value, changes.Groups["words"].Value))
        : line.As(TakesBack()) is { } takes ? ActAsync(takes, person => person.DeleteAsync(takes.Groups["words"].Value))
        : line.As(Binds()) is { } binds ? desk.Person(binds.Groups["who"].Value).BindAsync(binds.Groups["team"].Value)
        : line.As(OtherSees()) is { } other ? OtherAsync(other)
        : line.As(Passes()) is { } passes ? PassAsync(passes)
        : line.As(Wavers()) is { } wavers ? Waver(wavers)
        : line.As(Restarts()) is not null ? desk.RestartAsync()
        : line.As(Stored()) is { } stored ? StoreAsync(stored)
        : line.As(Counts()) is { } counts ? CountAsync(counts)
        : line.As(IsTicket()) is { } ticket ? TicketAsync(ticket)
        : throw new FormatException("This line has no form that a transcript knows; see Transcripts/README.md.");

    private async Task ActAsync(Match match, Func<ChatPerson, Task> act)
    {
        _last = desk.Person(match.Groups["who"].Value);
        _before.Clear();
        foreach (var post in await _last.PostsAsync())
        {
            _before[post.Id] = (post.Changes, post.Card);
        }

        _notices = _last.Notices.Count;
        await act(_last);
    }

    /// <summary>What the desk showed the one who acted last since then; <c>nothing</c> is an answer too.</summary>
    private async Task SeesAsync(string words, bool expected)
    {
        // A desk at rest has said all that it will say: waiting longer would not help.
        await desk.SettledAsync();
        if (words == "nothing")
        {
            Assert.Equal("", await NewAsync());
        }
        else if (expected)
        {
            // What leaves at once, such as a word for one's own eyes in Slack, was never in the outbox: a desk at rest may still be saying it.
            var said = "";
            await Eventually.HoldsAsync(
                async () => Flat(said = await NewAsync()).Contains(Flat(words), StringComparison.OrdinalIgnoreCase),
                () => $"Not said since: {words}\nWhat was said:\n{said}");
        }
        else
        {
            Assert.DoesNotContain(Flat(words), Flat(await NewAsync()), StringComparison.OrdinalIgnoreCase);
        }
    }

    private async ValueTask<string> NewAsync()
    {
        var posts = (await _last!.PostsAsync()).Where(post => post.Author is null && (!_before.TryGetValue(post.Id, out var known) || known.Changes != post.Changes || known.Card.Text != post.Card.Text));
        return string.Join(
            "\n---\n",
            [
                .. posts.Select(post => $"{post.Card.Text}\n{string.Join(' ', post.Card.Buttons.Select(button => $"({button.Title})"))}"),
                .. _last.Notices.Skip(_notices),
                .. _last.Form is { } form ? new[] { form.Card.Text } : [],
            ]).Trim();
    }

    private async Task OtherAsync(Match match)
    {
        var person = desk.Person(match.Groups["who"].Value);
        if (match.Groups["not"].Success)
        {
            await person.SeesNotAsync(match.Groups["words"].Value);
        }
        else
        {
            await desk.SettledAsync();
            var words = match.Groups["words"].Value;
            Assert.True(Flat(await person.SeenAsync()).Contains(Flat(words), StringComparison.OrdinalIgnoreCase), $"{person.Name} does not see: {words}\nWhat there is:\n{await person.SeenAsync()}");
        }
    }

    private Task PassAsync(Match match)
    {
        var n = int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture);
        return desk.PassAsync(match.Groups["unit"].Value switch
        {
            "second" => TimeSpan.FromSeconds(n),
            "minute" => TimeSpan.FromMinutes(n),
            "hour" => TimeSpan.FromHours(n),
            _ => TimeSpan.FromDays(n),
        });
    }

    private Task Waver(Match match)
    {
        desk.LetTheModelWaver(match.Groups["labels"].Value.Split([", ", " and "], StringSplitOptions.RemoveEmptyEntries));
        return Task.CompletedTask;
    }

    /// <summary>Puts a dialog's state in the store as an earlier deployment left it.</summary>
    private async Task StoreAsync(Match match)
    {
        var person = desk.Person(match.Groups["who"].Value).Name;
        await using var snapshot = await desk.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        var place = (await snapshot.AccountsOfAsync(person)).Select(account => account.Personal).OfType<Place>().First();
        var state = await snapshot.ConversationAsync(place.Key, person);
        var words = match.Groups["state"].Value.Replace("{ticket}", await desk.TicketsAsync() is [.., var newest] ? newest.Id : null, StringComparison.Ordinal);
        var frame = new DialogFrame(match.Groups["dialog"].Value, int.Parse(match.Groups["version"].Value, CultureInfo.InvariantCulture), JsonDocument.Parse(words).RootElement, desk.Clock.GetUtcNow());
        var old = state with { Stack = [.. state.Stack.Where(running => running.Dialog != frame.Dialog), frame] };
        Assert.Equal(CommitResult.Done, await desk.Store.CommitAsync(new UnitOfWork([new PutConversation(place.Key, person, old)]), TestContext.Current.CancellationToken));
    }

    private async Task CountAsync(Match match)
    {
        await desk.SettledAsync();
        var type = match.Groups["type"].Value;
        Assert.Equal(match.Groups["n"].Value == "no" ? 0 : int.Parse(match.Groups["n"].Value, CultureInfo.InvariantCulture), (await desk.TicketsAsync()).Count(ticket => ticket.Type == type));
    }

    private async Task TicketAsync(Match match)
    {
        await desk.SettledAsync();
        var type = match.Groups["type"].Value;
        var ticket = (await desk.TicketsAsync()).Where(ticket => ticket.Type == type).MaxBy(ticket => int.Parse(ticket.Id.Split('-')[1], CultureInfo.InvariantCulture));
        Assert.NotNull(ticket);
        foreach (var fact in match.Groups["facts"].Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = fact.Split('=', 2) is [var key, var right] ? (key, right) : ("state", fact);
            Assert.Equal($"{name}={value}", $"{name}={FactOf(ticket, name)}");
        }
    }

    private static string FactOf(Ticket ticket, string name) => name switch
    {
        "state" => ticket.State,
        "category" => ticket.Category ?? "",
        "service" => ticket.Service ?? "",
        "team" => ticket.Team ?? "",
        "priority" => ticket.Priority.ToString(CultureInfo.InvariantCulture),
        "impact" => ticket.Impact,
        "urgency" => ticket.Urgency,
        "item" => ticket.Item ?? "",
        "owner" => ticket.Owner ?? "",
        "affected" => ticket.Affected,
        "closure" => ticket.Closure ?? "",
        "confirmed" => ticket.Confirmed ? "yes" : "no",
        "restricted" => ticket.Restricted ? "yes" : "no",
        "frustrated" => ticket.Frustrated ? "yes" : "no",
        "reopened" => ticket.Reopened.ToString(CultureInfo.InvariantCulture),
        "evidence" => string.Join(',', ticket.Evidence),
        "deadline" => ticket.Deadline?.ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture) ?? "",
        _ => throw new FormatException($"A ticket has no '{name}' in a transcript."),
    };

    private static (string Id, string Value)[] FieldsOf(string fields) =>
        [.. fields.Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(field => (field.Split('=', 2)[0], field.Split('=', 2)[1]))];

    /// <summary>Platforms break and mark up lines differently; a transcript tells the words.</summary>
    private static string Flat(string text) => Blanks().Replace(text, " ");

    private static string Unescaped(string words) => words.Replace("\\n", "\n", StringComparison.Ordinal);

    private const RegexOptions Plain = RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture;

    [GeneratedRegex("^> (?<words>.+)$", Plain)]
    private static partial Regex Sees();

    [GeneratedRegex("^!> (?<words>.+)$", Plain)]
    private static partial Regex SeesNot();

    [GeneratedRegex("^(?<who>[a-z]+): (?<words>.+)$", Plain)]
    private static partial Regex Says();

    [GeneratedRegex("^(?<who>[a-z]+) sends (?<file>[^ :]+): (?<words>.*)$", Plain)]
    private static partial Regex Sends();

    [GeneratedRegex("^(?<who>[a-z]+) taps (?<title>[^|]+)(?<fields>(\\|[^|]+)*)$", Plain)]
    private static partial Regex Taps();

    [GeneratedRegex("^(?<who>[a-z]+) changes: (?<old>.+) => (?<words>.+)$", Plain)]
    private static partial Regex Changes();

    [GeneratedRegex("^(?<who>[a-z]+) takes back: (?<words>.+)$", Plain)]
    private static partial Regex TakesBack();

    [GeneratedRegex("^(?<who>[a-z]+) binds (?<team>[a-z-]+)$", Plain)]
    private static partial Regex Binds();

    [GeneratedRegex("^(?<who>[a-z]+) (sees|(?<not>does not see)): (?<words>.+)$", Plain)]
    private static partial Regex OtherSees();

    [GeneratedRegex("^pass (?<n>[0-9]+) (?<unit>second|minute|hour|day)s?$", Plain)]
    private static partial Regex Passes();

    [GeneratedRegex("^the model (is sure again|wavers between (?<labels>.+))$", Plain)]
    private static partial Regex Wavers();

    [GeneratedRegex("^restart$", Plain)]
    private static partial Regex Restarts();

    [GeneratedRegex("^stored for (?<who>[a-z]+): (?<dialog>[a-z-]+) v(?<version>[0-9]+) (?<state>.+)$", Plain)]
    private static partial Regex Stored();

    [GeneratedRegex("^(?<n>no|[0-9]+) (?<type>query|incident|request|complaint|idea)$", Plain)]
    private static partial Regex Counts();

    [GeneratedRegex("^(?<type>query|incident|request|complaint|idea) is (?<facts>.+)$", Plain)]
    private static partial Regex IsTicket();

    [GeneratedRegex(@"\s+", Plain)]
    private static partial Regex Blanks();
}
