using Xunit;

namespace ServiceDeskBot.EndToEnd.Tests.Running;

/// <summary>Waits for what happens in the background, as long as it takes and not longer. Real time: it is the machine we wait for.</summary>
public static class Eventually
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(5);

    public static Task HoldsAsync(Func<bool> condition, Func<string> otherwise, TimeSpan? patience = null) =>
        HoldsAsync(() => ValueTask.FromResult(condition()), otherwise, patience);

    /// <param name="otherwise">What to say when it never did.</param>
    public static async Task HoldsAsync(Func<ValueTask<bool>> condition, Func<string> otherwise, TimeSpan? patience = null)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > (patience ?? Patience))
            {
                Assert.Fail(otherwise());
            }

            await Task.Delay(Pause, TimeProvider.System, TestContext.Current.CancellationToken);
        }
    }

    /// <summary>The value, as soon as there is one.</summary>
    public static async Task<T> GetAsync<T>(Func<ValueTask<T?>> look, Func<string> otherwise, TimeSpan? patience = null)
        where T : class
    {
        T? found = null;
        await HoldsAsync(async () => (found = await look()) is not null, otherwise, patience);
        return found!;
    }
}
