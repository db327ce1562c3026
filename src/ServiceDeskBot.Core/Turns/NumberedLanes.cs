namespace ServiceDeskBot.Core.Turns;

/// <summary>
/// Lets the turns of a conversation go by the number of their inbox row. The number counts, not the moment of coming in: on a shared store
/// a lower one may come later, from an answer that was on its way longer or from a replica that is gone. It goes at once, and who went before waits for it in the store.
/// </summary>
internal sealed class NumberedLanes
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, SortedDictionary<long, TaskCompletionSource>> _lanes = new(StringComparer.Ordinal);

    /// <summary>Ends when no lower number of this process is in the lane.</summary>
    public Task EnterAsync(string conversation, long number)
    {
        lock (_gate)
        {
            if (!_lanes.TryGetValue(conversation, out var lane))
            {
                _lanes[conversation] = lane = [];
            }

            lane[number] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var first = lane.First();
            first.Value.TrySetResult();
            return lane[number].Task;
        }
    }

    public void Leave(string conversation, long number)
    {
        lock (_gate)
        {
            var lane = _lanes[conversation];
            lane.Remove(number);
            if (lane.Count == 0)
            {
                _lanes.Remove(conversation);
            }
            else
            {
                lane.First().Value.TrySetResult();
            }
        }
    }
}
