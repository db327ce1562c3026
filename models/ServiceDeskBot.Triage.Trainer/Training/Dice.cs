namespace ServiceDeskBot.Triage.Trainer.Training;

/// <summary>SplitMix64: the same numbers on every machine and runtime, which <see cref="Random"/> does not promise.</summary>
internal sealed class Dice(ulong seed)
{
    private ulong _state = seed;

    public ulong Next()
    {
        _state += 0x9E3779B97F4A7C15;
        var z = _state;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>From 0 to below <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>From 0 to below 1.</summary>
    public float Unit() => (Next() >> 40) * (1f / (1 << 24));

    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    /// <summary>An independent stream for a part of the work, so that parts may run in any order.</summary>
    public static Dice For(ulong seed, int part) => new(new Dice(seed ^ ((ulong)(part + 1) * 0xA24BAED4963EE407)).Next());
}
