using ServiceDeskBot.Core.Outgoing;
using ServiceDeskBot.Simulation.Time;

namespace ServiceDeskBot.Simulation.Platforms;

/// <summary>What goes wrong, and how often. In calm weather nothing does.</summary>
internal sealed class Weather(int seed, VirtualTime time)
{
    private readonly Dice _dice = new(seed, "weather");
    private readonly Dictionary<string, TimeSpan> _revoked = new(StringComparer.Ordinal);
    private TimeSpan _storeBackAt;

    public bool IsCalm { get; set; }

    /// <summary>A host dies here: about a few times a day.</summary>
    public bool Crashes() => !IsCalm && _dice.Chance(0.0012);

    /// <summary>The disk is full, or busy for too long.</summary>
    public bool StoreIsAway()
    {
        if (!IsCalm && _dice.Chance(0.0004))
        {
            _storeBackAt = time.Elapsed + _dice.Skewed(TimeSpan.Zero, TimeSpan.FromMinutes(3));
            return true;
        }

        return !IsCalm && time.Elapsed < _storeBackAt;
    }

    /// <summary>How long a commit or a call waits for its turn.</summary>
    public TimeSpan? Waits() => _dice.Chance(0.5) ? null : _dice.Skewed(TimeSpan.Zero, TimeSpan.FromMilliseconds(40));

    public TimeSpan Network() => _dice.Skewed(TimeSpan.FromMilliseconds(15), TimeSpan.FromSeconds(2));

    public TimeSpan Restart() => _dice.Skewed(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(8));

    /// <summary>A new process opens the file anew, another one in its place finds it open.</summary>
    public bool StartsProcess() => _dice.Chance(0.3);

    /// <summary>A delivery that comes again although it had arrived; <c>null</c>: it does not.</summary>
    public TimeSpan? Again() => IsCalm ? null
        : _dice.Chance(0.04) ? _dice.Between(TimeSpan.Zero, TimeSpan.FromMilliseconds(30))
        : _dice.Chance(0.03) ? _dice.Skewed(TimeSpan.FromSeconds(2), TimeSpan.FromHours(30))
        : null;

    /// <summary>How long a delivery is under way: now and then it is overtaken by later ones.</summary>
    public TimeSpan Delivery() => !IsCalm && _dice.Chance(0.03)
        ? _dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(20))
        : _dice.Skewed(TimeSpan.FromMilliseconds(30), TimeSpan.FromSeconds(1));

    /// <summary>The clock of all machines is set; <c>null</c>: it is not.</summary>
    public TimeSpan? ClockJump() => IsCalm || !_dice.Chance(0.15) ? null
        : _dice.Chance(0.5) ? _dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromHours(2))
        : -_dice.Between(TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(5));

    /// <summary>Once a day and platform: the token may be revoked for a while.</summary>
    public void NewDay(string platform)
    {
        if (!IsCalm && _dice.Chance(0.15))
        {
            _revoked[platform] = time.Elapsed + _dice.Between(TimeSpan.FromHours(7), TimeSpan.FromHours(10));
            time.After(_revoked[platform] - time.Elapsed + _dice.Skewed(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(50)), time.World, () => _revoked.Remove(platform));
        }
    }

    /// <summary>What a program that fulfils requests makes of a call: it says no now and then, and never again to that call.</summary>
    public CallFate FateOfProgram() => !IsCalm && _dice.Chance(0.15) ? new CallFate(new SendResult.Refused("422"), Happens: false) : FateOf("programs", isUpdate: false);

    /// <summary>What the platform does with a call.</summary>
    public CallFate FateOf(string platform, bool isUpdate)
    {
        if (IsCalm)
        {
            return CallFate.Works;
        }

        if (_revoked.TryGetValue(platform, out var from) && time.Elapsed >= from)
        {
            return new CallFate(new SendResult.Later("invalid_auth", null), Happens: false);
        }

        return _dice.Below(1000) switch
        {
            < 25 => new CallFate(new SendResult.Later("429", TimeSpan.FromSeconds(1 + _dice.Below(45))), Happens: false),
            < 40 => new CallFate(new SendResult.Later("502", null), Happens: false),
            < 48 => new CallFate(new SendResult.Later("no answer in time", null), Happens: false) { Takes = TimeSpan.FromSeconds(10) },
            < 56 => new CallFate(new SendResult.Later("no answer in time", null), Happens: true) { Takes = TimeSpan.FromSeconds(10) },
            < 58 when isUpdate => new CallFate(new SendResult.Vanished("message_not_found"), Happens: false),
            _ => CallFate.Works,
        };
    }
}

/// <param name="Says">What the caller hears; <c>null</c>: that it worked.</param>
/// <param name="Happens">Whether it is done: also a call that is not answered may be.</param>
internal sealed record CallFate(SendResult? Says, bool Happens)
{
    public static CallFate Works { get; } = new(null, Happens: true);

    public TimeSpan Takes { get; init; }
}
