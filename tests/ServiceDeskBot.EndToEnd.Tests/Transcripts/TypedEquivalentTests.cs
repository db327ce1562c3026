using System.Text.Json;
using ServiceDeskBot.Core.Catalogue;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;
using ServiceDeskBot.EndToEnd.Tests.Running;
using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Transcripts;

/// <summary>
/// Whoever cannot press a button types what stands on it, with the ticket's number where the card is a team's. Walks through
/// every transcript; wherever a button is in front of somebody, both ways are decided on what is stored and must come to the same.
/// </summary>
public sealed class TypedEquivalentTests
{
    private static readonly string[] Languages = ["en", "de"];

    /// <summary>Titles that hold a name: the words to type instead.</summary>
    private static readonly Dictionary<string, string[]> Instead = new(StringComparer.Ordinal)
    {
        ["claim.join-owner"] = ["join", "ich mache mit"],
        ["button.task-claim"] = ["claim task", "claim task"],
        ["button.task-done"] = ["task done", "task done"],
    };

    public static TheoryData<string> Files => [.. Transcript.All.Select(transcript => transcript.File).Distinct()];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Buttons_OfEveryCardInATranscript_CanBeTyped(string file)
    {
        var (tried, missing) = (0, new SortedSet<string>(StringComparer.Ordinal));
        foreach (var transcript in Transcript.All.Where(transcript => transcript.File == file))
        {
            await using var desk = await RunningDesk.StartAsync("local");
            var known = new Dictionary<string, Card>(StringComparer.Ordinal);
            await new TranscriptRun(desk).PlayAsync(transcript, async () =>
            {
                await desk.SettledAsync();
                foreach (var posted in desk.Cards.Where(posted => !known.TryGetValue(posted.PostId, out var old) || !ReferenceEquals(old, posted.Card)).ToList())
                {
                    known[posted.PostId] = posted.Card;
                    foreach (var button in posted.Card.Parts.OfType<ButtonsPart>().SelectMany(part => part.Buttons).Concat(posted.Card.Buttons))
                    {
                        tried += await TryAsync(desk, posted, button, missing, transcript.Title) ? 1 : 0;
                    }
                }
            });
        }

        Assert.True(missing.Count == 0, $"Cannot be typed:\n{string.Join('\n', missing)}");
        Assert.True(tried > 0, "no button was ever in front of anybody");
    }

    private static async Task<bool> TryAsync(RunningDesk desk, PostedCard posted, Button button, SortedSet<string> missing, string where)
    {
        var person = posted.At.Kind == PlaceKind.Personal ? posted.At.Conversation.TrimStart('@') : "ada";
        await using var snapshot = await desk.Store.SnapshotAsync(TestContext.Current.CancellationToken);
        var reader = posted.At.Kind == PlaceKind.Personal ? await PersonOfAsync(desk, snapshot, posted.At) ?? person : person;
        var pressed = await DecideAsync(desk, snapshot, posted, reader, new Pressed(button.Action, button.Data, new Dictionary<string, string>(StringComparer.Ordinal), posted.PostId));
        if (pressed.Over)
        {
            return false;
        }

        foreach (var (language, i) in Languages.Select((language, i) => (language, i)))
        {
            var key = (button.Title as TextKey)?.Id ?? "";
            var title = Instead.TryGetValue(key, out var words) ? words[i] : desk.Brain.Book.Say(button.Title, new Reader(language, TimeZoneInfo.Utc));
            var ticket = button.Data.GetValueOrDefault("ticket");
            string[] ways = posted.At.Kind == PlaceKind.Personal ? [title, $"{title} {ticket}", $"{title} {ticket} {button.Data.GetValueOrDefault("task")}"] : [$"{title} {ticket}", $"{title} {ticket} {button.Data.GetValueOrDefault("task")}"];
            var heard = false;
            foreach (var way in ways)
            {
                var typed = await DecideAsync(desk, snapshot, posted, reader, new Said(way.Trim(), "typed"));
                heard |= typed.IsLike(pressed);
            }

            if (!heard)
            {
                missing.Add($"{where}: '{title}' ({button.Action})");
            }
        }

        return true;
    }

    private static async Task<string?> PersonOfAsync(RunningDesk desk, IDeskSnapshot snapshot, Place place)
    {
        foreach (var person in desk.Brain.Desk.People)
        {
            if ((await snapshot.AccountsOfAsync(person.Id)).Any(account => account.Personal?.Conversation == place.Conversation))
            {
                return person.Id;
            }
        }

        return null;
    }

    private static async Task<Outcome> DecideAsync(RunningDesk desk, IDeskSnapshot snapshot, PostedCard posted, string person, TurnInput input)
    {
        var place = input is Said && posted.At.Kind == PlaceKind.Channel ? posted.At with { Thread = null } : posted.At;
        var n = 90_000L;
        var turn = new Turn(Guid.NewGuid().ToString(), place, new Sender(person, person), input, desk.Clock.GetUtcNow());
        var decision = await Deciding.DecideAsync(turn, snapshot, desk.Brain, () => ValueTask.FromResult(n++), desk.Clock.GetUtcNow());
        return Outcome.Of(decision, place);
    }

    /// <summary>What a decision comes to, whichever way it is told.</summary>
    private sealed record Outcome(IReadOnlyList<string> Events, IReadOnlySet<string> Texts)
    {
        public bool Over => Texts.Overlaps(["dialog.over", "button.unknown", "ticket.closed"]) && Events.Count == 0;

        public bool IsLike(Outcome other) => other.Events.Count > 0 ? Events.SequenceEqual(other.Events) : Events.Count == 0 && (other.Texts.Count == 0 || Texts.Overlaps(other.Texts));

        /// <summary>Who types gets the questions of a form one after the other: the first of them is the form's too.</summary>
        private static IEnumerable<string> Asked(Decision decision) => decision.ToUnit().Writes.OfType<PutConversation>()
            .SelectMany(put => put.State.Stack)
            .Where(frame => frame.Dialog == OrderState.Dialog)
            .Select(frame => $"input {frame.State.Deserialize<OrderState>(JsonSerializerOptions.Web)!.Asking}");

        public static Outcome Of(Decision decision, Place place)
        {
            var cards = decision.SaidAt(place).Append(decision.Answer switch
            {
                Tell tell => tell.Card,
                ShowCard show => show.Card,
                ShowForm form => form.Form.ToCard(),
                FieldErrors errors => errors.Form.ToCard(),
                _ => null,
            }).OfType<Card>();
            return new Outcome(
                [.. decision.ToUnit().Writes.OfType<PutTicket>().SelectMany(put => put.Events.Select(happened => $"{put.Ticket.Type} {happened.Kind}")).Order(StringComparer.Ordinal)],
                cards.SelectMany(card => card.Parts.OfType<TextPart>().Select(part => part.Text).OfType<TextKey>().Select(key => key.Id).Concat(card.Parts.OfType<InputPart>().Select(input => $"input {input.Id}"))).Concat(Asked(decision)).ToHashSet(StringComparer.Ordinal));
        }
    }
}
