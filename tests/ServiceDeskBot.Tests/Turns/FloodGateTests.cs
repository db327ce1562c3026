using Microsoft.Extensions.Logging.Abstractions;
using ServiceDeskBot.Core.Conversations;
using ServiceDeskBot.Core.Turns;
using Xunit;

namespace ServiceDeskBot.Tests.Turns;

/// <summary>One organisation's backlog is bounded; what is decided makes room again.</summary>
public sealed class FloodGateTests
{
    private readonly Backlog _desk = new();

    [Fact]
    public async Task Accept_OrganisationHasItsFillWaiting_OnlyItIsHeldOffUntilSomethingIsDecided()
    {
        var gate = new FloodGate(_desk, new FloodLimits(1000, 1000, OrganisationWaiting: 2), TimeProvider.System, NullLogger<FloodGate>.Instance);
        await AcceptAsync(gate, "a", "contoso");
        await AcceptAsync(gate, "b", "contoso");

        await Assert.ThrowsAsync<TooManyDeliveriesException>(() => AcceptAsync(gate, "c", "contoso"));
        await AcceptAsync(gate, "d", "fabrikam");
        await AcceptAsync(gate, "a", "contoso");
        _desk.Decide("a");
        await AcceptAsync(gate, "c", "contoso");

        Assert.Equal(["a", "b", "d", "a", "c"], _desk.Taken);
    }

    [Fact]
    public async Task Accept_StoreDown_MakesRoomAgain()
    {
        var gate = new FloodGate(_desk, new FloodLimits(1000, 1000, OrganisationWaiting: 1), TimeProvider.System, NullLogger<FloodGate>.Instance);
        _desk.IsDown = true;
        await Assert.ThrowsAsync<StoreUnavailableException>(() => AcceptAsync(gate, "a", "contoso"));
        _desk.IsDown = false;

        await AcceptAsync(gate, "b", "contoso");

        Assert.Equal(["b"], _desk.Taken);
    }

    /// <summary>Names of organisations come from outside: each that is kept for ever is memory that only grows.</summary>
    [Fact]
    public async Task Accept_ManyOrganisationsOnceEach_KeepsNothingOfThem()
    {
        const int Organisations = 1_000;
        var gate = new FloodGate(_desk, new FloodLimits(1000, 1000, OrganisationWaiting: 1), TimeProvider.System, NullLogger<FloodGate>.Instance);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        for (var n = 0; n < Organisations; n++)
        {
            await AcceptAsync(gate, $"{n}", $"{n}".PadLeft(200_000));
            _desk.Decide($"{n}");
        }

        Assert.InRange((GC.GetTotalMemory(forceFullCollection: true) - before) >> 20, long.MinValue, 200);
        GC.KeepAlive(gate);
    }

    private static Task<Received> AcceptAsync(FloodGate gate, string key, string organisation) =>
        gate.AcceptAsync(
            new Turn(key, new Place("teams", $"a:{key}", null, PlaceKind.Personal) { Organisation = organisation }, new Sender($"29:{key}", key), new Said("help", "1"), TimeProvider.System.GetUtcNow()),
            TestContext.Current.CancellationToken);

    /// <summary>A desk that takes everything in and decides when it is told to.</summary>
    private sealed class Backlog : ITurns
    {
        private readonly Dictionary<string, TaskCompletionSource<Answer>> _undecided = new(StringComparer.Ordinal);

        public List<string> Taken { get; } = [];

        public bool IsDown { get; set; }

        public Task<Received> AcceptAsync(Turn turn, CancellationToken cancellationToken)
        {
            if (IsDown)
            {
                throw new StoreUnavailableException("down", new IOException());
            }

            Taken.Add(turn.Key);
            var isNew = _undecided.TryAdd(turn.Key, new TaskCompletionSource<Answer>());
            return Task.FromResult(new Received(isNew, _undecided[turn.Key].Task));
        }

        public Task<Decided> DecideAsync(Turn turn, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<bool> KnowsAsync(string channel, string account, CancellationToken cancellationToken) => ValueTask.FromResult(true);

        public void Decide(string key) => _undecided[key].SetResult(new Nothing());
    }
}
