namespace ServiceDeskBot.Simulation.Time;

/// <summary>Chance from one seed. Each purpose has dice of its own, so that a new question to one does not change what the others throw.</summary>
internal sealed class Dice(int seed, string purpose)
{
    private readonly Random _random = new(Mixed(seed, purpose));

    /// <summary>True in this share of the throws.</summary>
    public bool Chance(double share) => share > 0 && _random.NextDouble() < share;

    /// <summary>0 to one less than <paramref name="count"/>.</summary>
    public int Below(int count) => _random.Next(count);

    public T One<T>(IReadOnlyList<T> of) => of[_random.Next(of.Count)];

    /// <summary>A span in between; short ones are as likely as long ones.</summary>
    public TimeSpan Between(TimeSpan least, TimeSpan most) => least + ((most - least) * _random.NextDouble());

    /// <summary>A span in between of which most are short and a few very long, as people and networks are.</summary>
    public TimeSpan Skewed(TimeSpan least, TimeSpan most) => least + ((most - least) * Math.Pow(_random.NextDouble(), 4));

    /// <summary>One of these by its weight; <c>default</c> when all weigh nothing.</summary>
    public T? Weighted<T>(IReadOnlyList<T> of, Func<T, double> weight)
    {
        var left = _random.NextDouble() * of.Sum(weight);
        foreach (var one in of)
        {
            left -= weight(one);
            if (left < 0)
            {
                return one;
            }
        }

        return default;
    }

    // string.GetHashCode differs in each process; a seed must not.
    private static int Mixed(int seed, string purpose) => purpose.Aggregate(seed, (mixed, letter) => unchecked((mixed * 31) + letter));
}
