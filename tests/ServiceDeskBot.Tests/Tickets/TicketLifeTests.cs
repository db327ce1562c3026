using ServiceDeskBot.Core.Tickets;
using Xunit;

namespace ServiceDeskBot.Tests.Tickets;

public sealed class TicketLifeTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 18, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Replay_FromReportToConfirmed_EndsClosedWithTargetsJudged()
    {
        var ticket = TicketLife.Replay(
        [
            Registered(),
            new TargetSet(Start.AddMinutes(30), Start.AddHours(4), Start.AddHours(1)) { At = Start, By = "desk" },
            new Claimed("ada") { At = Start.AddMinutes(5), By = "ada" },
            new Replied(Start.AddHours(2)) { At = Start.AddMinutes(10), By = "ada" },
            new Resolved("ada") { At = Start.AddHours(5), By = "ada" },
            new Closed(TicketClosure.Confirmed) { At = Start.AddHours(6), By = "wanda" },
        ])!;

        Assert.Equal(TicketState.Closed, ticket.State);
        Assert.Equal("feedback", ticket.Step);
        Assert.Equal(TicketClosure.Confirmed, ticket.Closure);
        Assert.True(ticket.Response!.Met);
        Assert.False(ticket.Resolution!.Met);
        Assert.Equal("ada", ticket.Owner);
        Assert.Equal(6, ticket.Version);
    }

    [Fact]
    public void Apply_Reopened_GoesBackToItsOwnerAndTheClockRunsOn()
    {
        var ticket = TicketLife.Replay(
        [
            Registered(),
            new TargetSet(Start.AddMinutes(30), Start.AddHours(4), Start.AddHours(1)) { At = Start, By = "desk" },
            new Claimed("ada") { At = Start, By = "ada" },
            new Resolved("ada") { At = Start.AddHours(1), By = "ada" },
            new Reopened { At = Start.AddHours(2), By = "wanda" },
        ])!;

        Assert.Equal(TicketState.Assigned, ticket.State);
        Assert.Equal("ada", ticket.Owner);
        Assert.Null(ticket.Resolved);
        Assert.Null(ticket.Resolution!.Met);
        Assert.Equal(Start.AddHours(4), ticket.Resolution.Due);
        Assert.Equal(1, ticket.Reopened);
    }

    [Fact]
    public void Apply_Released_IsVisiblyUnowned()
    {
        var ticket = TicketLife.Replay([Registered(), new Claimed("ada") { At = Start, By = "ada" }, new Released("ada") { At = Start, By = "ada" }])!;

        Assert.Null(ticket.Owner);
        Assert.Null(ticket.OwnedSince);
        Assert.Equal(TicketState.Queued, ticket.State);
    }

    [Fact]
    public void Apply_JoinedThenClaimed_LeavesTheSwarm()
    {
        var ticket = TicketLife.Replay([Registered(), new Joined("ada") { At = Start, By = "ada" }, new Joined("grace") { At = Start, By = "grace" }, new Claimed("ada") { At = Start, By = "ada" }])!;

        Assert.Equal(["grace"], ticket.Swarm);
    }

    /// <summary>A kind of event that the life of a ticket does not know would only be found in production.</summary>
    [Fact]
    public void Apply_EveryKindOfEvent_IsKnown()
    {
        var begun = TicketLife.Apply(null, Registered());
        foreach (var kind in typeof(TicketEvent).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), false).Cast<System.Text.Json.Serialization.JsonDerivedTypeAttribute>())
        {
            if (kind.DerivedType != typeof(Registered))
            {
                var happened = (TicketEvent)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(kind.DerivedType);
                Assert.Equal(2, TicketLife.Apply(begun, happened).Version);
            }
        }
    }

    private static Registered Registered() => new("INC-1002", "incident", "wanda", "wanda", "local") { At = Start, By = "wanda", Opened = Start };
}
