using System.Reflection;
using System.Text.Json.Serialization;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Conversations.Cards;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

public abstract partial class DeskStoreContract
{
    public static TheoryData<string> InputTypes =>
        [.. typeof(TurnInput).GetCustomAttributes<JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType.FullName!)];

    [Fact]
    public async Task AcceptAsync_NewKey_IsNewAndUndone()
    {
        var turn = Rows.Turn("k1") with { Trigger = "trigger" };

        var accepted = await Store.AcceptAsync(turn, Stop);

        Assert.True(accepted.IsNew);
        Assert.Null(accepted.Answer);
        var row = Assert.Single(await Store.UndoneTurnsAsync(Stop));
        Assert.Equal(accepted.Seq, row.Seq);
        Assert.Equivalent(turn, row.Turn, strict: true);
    }

    [Fact]
    public async Task CommitAsync_TakenTurn_IsDoneAtOnceAndAnswersASecondDelivery()
    {
        var turn = Rows.Turn("k1");

        await DoneAsync(new TakeTurn(turn, new Tell(Card.Of("Done"))));

        Assert.Empty(await Store.UndoneTurnsAsync(Stop));
        var second = await Store.AcceptAsync(turn, Stop);
        Assert.False(second.IsNew);
        Assert.Equivalent(new Tell(Card.Of("Done")), second.Answer, strict: true);
    }

    [Fact]
    public async Task CommitAsync_TakenTurnOfAKnownKey_IsAConflictAndChangesNothing()
    {
        var turn = Rows.Turn("k1");
        await Store.AcceptAsync(turn, Stop);

        var result = await Store.CommitAsync(new UnitOfWork([new TakeTurn(turn, Answer.None), new SetTimer("INC-1", "x", Rows.Moment)]), Stop);

        Assert.Equal(CommitResult.Conflict, result);
        Assert.Null(await Store.NextTimerDueAsync(Stop));
        Assert.Null((await Store.AcceptAsync(turn, Stop)).Answer);
    }

    [Theory]
    [MemberData(nameof(InputTypes))]
    public async Task UndoneTurnsAsync_InputOfEveryType_ReturnsEveryField(string type)
    {
        var shape = typeof(TurnInput).Assembly.GetType(type, throwOnError: true)!;
        var (full, bare) = ((TurnInput)Filled.Make(shape), (TurnInput)Filled.Bare(shape));
        await Store.AcceptAsync(Rows.Turn("k1") with { Input = full, Place = Rows.Thread }, Stop);
        await Store.AcceptAsync(Rows.Turn("k2") with { Input = bare, Place = Rows.Thread }, Stop);

        var stored = (await Store.UndoneTurnsAsync(Stop)).Select(row => row.Turn).ToList();

        Assert.All(stored, turn => Assert.IsType(shape, turn.Input));
        Assert.All(stored, turn => Assert.Equal(Rows.Thread, turn.Place));
        Assert.Equivalent(full, stored[0].Input, strict: true);
        Assert.Equivalent(bare, stored[1].Input, strict: true);
    }

    [Fact]
    public async Task AcceptAsync_KnownKeyUndone_ReturnsTheSameRowWithoutAnswer()
    {
        var first = await Store.AcceptAsync(Rows.Turn("k1"), Stop);

        var second = await Store.AcceptAsync(Rows.Turn("k1") with { At = Rows.Moment.AddHours(1) }, Stop);

        Assert.Equal(new Accepted(first.Seq, IsNew: false, Answer: null), second);
        Assert.Single(await Store.UndoneTurnsAsync(Stop));
    }

    [Fact]
    public async Task AcceptAsync_KnownKeyDone_ReturnsItsAnswer()
    {
        var accepted = await Store.AcceptAsync(Rows.Turn("k1"), Stop);
        var card = new Card(
            [
                new TextPart(Phrase.Key("a.b", ("words", Rows.Difficult), ("when", Phrase.At(Rows.Moment, MomentStyle.Day))), TextStyle.Quote),
                new FactsPart([new Fact("Priority", 1)]),
                new ImagePart("https://x/y.png", "A picture"),
                new InputPart("text", new Listing(["a", "b"], " · "), InputKind.Choice, Required: true) { Choices = [new Choice("One", "1")], Value = "1", Error = "No" },
                new ButtonsPart([new Button("Go", "go", new Dictionary<string, string>(StringComparer.Ordinal) { ["ticket"] = "INC-1" }) { Style = ButtonStyle.Danger, Secondary = true }]),
            ],
            [])
        {
            Summary = "In short",
            Mentions = ["U1"],
        };
        await DoneAsync(new MarkTurnDone(accepted.Seq, new Tell(card) { Language = "de", Zone = "Europe/Berlin" }));

        var again = await Store.AcceptAsync(Rows.Turn("k1"), Stop);

        Assert.False(again.IsNew);
        Assert.Equivalent(new Tell(card) { Language = "de", Zone = "Europe/Berlin" }, again.Answer, strict: true);
        Assert.Empty(await Store.UndoneTurnsAsync(Stop));
    }

    [Fact]
    public async Task AcceptAsync_SameKeyAtOnce_OnlyOneIsNew()
    {
        var accepted = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => Task.Run(() => Store.AcceptAsync(Rows.Turn("k1"), Stop))));

        Assert.Single(accepted, one => one.IsNew);
        Assert.Single(accepted.Select(one => one.Seq).Distinct());
    }

    [Fact]
    public async Task UndoneTurnsAsync_SomeDone_ReturnsTheRestInOrder()
    {
        var seqs = new List<long>();
        foreach (var key in (string[])["c", "a", "d", "b"])
        {
            seqs.Add((await Store.AcceptAsync(Rows.Turn(key), Stop)).Seq);
        }

        await DoneAsync(new MarkTurnDone(seqs[0], Answer.None));

        Assert.Equal(["a", "d", "b"], (await Store.UndoneTurnsAsync(Stop)).Select(row => row.Turn.Key));
        Assert.Equal(seqs.Order(), seqs);
    }

    [Fact]
    public async Task MarkTurnDone_Twice_Conflicts()
    {
        var accepted = await Store.AcceptAsync(Rows.Turn("k1"), Stop);
        await DoneAsync(new MarkTurnDone(accepted.Seq, Answer.None));

        Assert.NotEqual(CommitResult.Done, await CommitAsync(new MarkTurnDone(accepted.Seq, Answer.None), new SetTimer("INC-1", "sla", Rows.Moment)));

        Assert.Null(await Store.NextTimerDueAsync(Stop));
    }

    [Fact]
    public async Task RecordFailure_Turn_IsNotTakenUpAgain()
    {
        var accepted = await Store.AcceptAsync(Rows.Turn("k1"), Stop);

        await DoneAsync(new RecordFailure(accepted.Seq, "NullReferenceException"));

        Assert.Empty(await Store.UndoneTurnsAsync(Stop));
    }

    [Fact]
    public async Task RecordFailure_WithAnswer_IsGivenAgain()
    {
        var accepted = await Store.AcceptAsync(Rows.Turn("k1"), Stop);

        await DoneAsync(new RecordFailure(accepted.Seq, "x"), new MarkTurnDone(accepted.Seq, new Tell(Card.Of("Sorry"))));

        Assert.IsType<Tell>((await Store.AcceptAsync(Rows.Turn("k1"), Stop)).Answer);
    }

    [Fact]
    public async Task ForgetAsync_DoneBefore_ForgetsThemAndNoOther()
    {
        var old = await Store.AcceptAsync(Rows.Turn("old"), Stop);
        var failed = await Store.AcceptAsync(Rows.Turn("failed"), Stop);
        await Store.AcceptAsync(Rows.Turn("undone") with { Place = Rows.Thread }, Stop);
        await DoneAsync(new MarkTurnDone(old.Seq, Answer.None));
        await DoneAsync(new RecordFailure(failed.Seq, "x"));
        Clock.Advance(TimeSpan.FromDays(7));
        var recent = await Store.AcceptAsync(Rows.Turn("recent"), Stop);
        await DoneAsync(new MarkTurnDone(recent.Seq, Answer.None));

        await Store.ForgetAsync(Clock.GetUtcNow(), Clock.GetUtcNow(), Stop);

        Assert.True((await Store.AcceptAsync(Rows.Turn("old"), Stop)).IsNew);
        Assert.True((await Store.AcceptAsync(Rows.Turn("failed"), Stop)).IsNew);
        Assert.False((await Store.AcceptAsync(Rows.Turn("undone"), Stop)).IsNew);
        Assert.False((await Store.AcceptAsync(Rows.Turn("recent"), Stop)).IsNew);
    }

    [Fact]
    public async Task ForgetAsync_MoreThanOnePortion_ForgetsAll()
    {
        var accepted = await Task.WhenAll(Enumerable.Range(0, 1100).Select(i => Store.AcceptAsync(Rows.Turn($"k{i}"), Stop)));
        await DoneAsync([.. accepted.OrderBy(one => one.Seq).Select(one => new MarkTurnDone(one.Seq, Answer.None))]);
        Clock.Advance(TimeSpan.FromSeconds(1));

        await Store.ForgetAsync(Clock.GetUtcNow(), Clock.GetUtcNow(), Stop);

        Assert.True((await Store.AcceptAsync(Rows.Turn("k0"), Stop)).IsNew);
        Assert.True((await Store.AcceptAsync(Rows.Turn("k1099"), Stop)).IsNew);
    }
}
