using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Storage.Tests;

public abstract partial class DeskStoreContract
{
    [Fact]
    public async Task DueTimersAsync_SomeDue_OldestFirstAndTheyStay()
    {
        await DoneAsync(
            new SetTimer("INC-1", "sla", Rows.Moment),
            new SetTimer("INC-2", "sla", Rows.Moment.AddTicks(1)),
            new SetTimer("INC-1", "reminder", Rows.Moment.AddMilliseconds(-1)));

        IReadOnlyList<DueTimer> expected = [new("INC-1", "reminder", Rows.Moment.AddMilliseconds(-1)), new("INC-1", "sla", Rows.Moment)];
        Assert.Equal(expected, await Store.DueTimersAsync(Rows.Moment, 10, Stop));
        Assert.Equal(expected, await Store.DueTimersAsync(Rows.Moment.ToUniversalTime(), 10, Stop));
        Assert.Equal(expected.Take(1), await Store.DueTimersAsync(Rows.Moment, 1, Stop));
        Assert.Equal(Rows.Moment.AddMilliseconds(-1), await Store.NextTimerDueAsync(Stop));
    }

    [Fact]
    public async Task SetTimer_Again_MovesIt()
    {
        await DoneAsync(new SetTimer("INC-1", "sla", Rows.Moment));

        await DoneAsync(new SetTimer("INC-1", "sla", Rows.Moment.AddHours(1)));

        Assert.Empty(await Store.DueTimersAsync(Rows.Moment, 10, Stop));
        Assert.Equal(Rows.Moment.AddHours(1), await Store.NextTimerDueAsync(Stop));
    }

    [Fact]
    public async Task TakeTimer_Moved_ConflictsAndLeavesIt()
    {
        await DoneAsync(new SetTimer("INC-1", "sla", Rows.Moment));
        var rings = Assert.Single(await Store.DueTimersAsync(Rows.Moment, 10, Stop));
        await DoneAsync(new SetTimer("INC-1", "sla", Rows.Moment.AddHours(1)));

        await ConflictAsync(new TakeTimer(rings), new Send(Rows.Message("rings")));

        Assert.Equal(Rows.Moment.AddHours(1), await Store.NextTimerDueAsync(Stop));
        Assert.Empty(await DueAsync());
    }

    [Fact]
    public async Task TakeTimer_SetAgainInTheSameUnit_RingsOnceAndThenLater()
    {
        await DoneAsync(new SetTimer("INC-1", "sla", Rows.Moment));
        var rings = Assert.Single(await Store.DueTimersAsync(Rows.Moment, 10, Stop));

        await DoneAsync(new TakeTimer(rings), new SetTimer("INC-1", "sla", Rows.Moment.AddHours(1)));
        await ConflictAsync(new TakeTimer(rings));

        Assert.Equal(Rows.Moment.AddHours(1), await Store.NextTimerDueAsync(Stop));
    }

    [Fact]
    public async Task ClearTimer_Set_IsGone()
    {
        await DoneAsync(new SetTimer("INC-1", "sla", Rows.Moment), new SetTimer("INC-1", "reminder", Rows.Moment));

        await DoneAsync(new ClearTimer("INC-1", "sla"), new ClearTimer("INC-9", "never set"));

        Assert.Equal("reminder", Assert.Single(await Store.DueTimersAsync(Rows.Moment, 10, Stop)).Kind);
        await DoneAsync(new ClearTimer("INC-1", "reminder"));
        Assert.Null(await Store.NextTimerDueAsync(Stop));
    }

    [Fact]
    public async Task ClearTimers_OfOneTicket_LeavesOthersAndWhatIsSetAfterwards()
    {
        await DoneAsync(new SetTimer("INC-1", "sla", Rows.Moment), new SetTimer("INC-1", "reminder", Rows.Moment), new SetTimer("INC-11", "sla", Rows.Moment));

        await DoneAsync(new ClearTimers("INC-1"), new SetTimer("INC-1", "survey", Rows.Moment));

        Assert.Equal([("INC-1", "survey"), ("INC-11", "sla")], (await Store.DueTimersAsync(Rows.Moment, 10, Stop)).Select(timer => (timer.Subject, timer.Kind)).Order());
    }
}
