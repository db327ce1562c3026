using System.Globalization;
using FsCheck;

namespace ServiceDeskBot.Tests;

/// <summary>Checks a property on a hundred made-up values: the same in every run, so that a run says something about the code and not about luck.</summary>
internal static class Properties
{
    private const ulong Gamma = 1;

    /// <summary><c>PROPERTY_SEED=7</c> tries others; a failure names the one to repeat.</summary>
    private static readonly ulong Seed = ulong.TryParse(Environment.GetEnvironmentVariable("PROPERTY_SEED"), CultureInfo.InvariantCulture, out var seed) ? seed : 2026;

    public static void Holds(this Property property) => property.Check(Config.QuickThrowOnFailure.WithReplay(Seed, Gamma));
}
