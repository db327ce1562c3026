using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text;

namespace ServiceDeskBot.EndToEnd.Tests.Fuzzing;

/// <summary>Judges and counts what was answered, and what the desk held in memory meanwhile.</summary>
internal sealed class Tally
{
    private const int MostFaults = 20;
    private const int RowsOfMemory = 30;

    /// <summary>Before this the runtime is still compiling and its heaps have not found their size.</summary>
    private static readonly TimeSpan WarmedUp = TimeSpan.FromMinutes(5);

    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<(string Door, int Status), int> _answers = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly List<Sample> _samples = [];
    private readonly long _began = TimeProvider.System.GetTimestamp();
    private readonly Lock _gate = new();
    private (TimeSpan Took, string What) _slowest;
    private int _asked;

    public IReadOnlyCollection<string> Faults => _faults;

    public int Asked => _asked;

    private TimeSpan Elapsed => TimeProvider.System.GetElapsedTime(_began);

    /// <param name="what">Names the request so that it can be found again.</param>
    public void Answered(string door, string what, HttpStatusCode status, string body, TimeSpan took)
    {
        Interlocked.Increment(ref _asked);
        _answers.AddOrUpdate((door, (int)status), 1, (_, before) => before + 1);
        if ((int)status >= 500 && !(status is HttpStatusCode.NotImplemented && door == "/api/messages"))
        {
            Fault($"{what} was answered {(int)status}: {body}");
        }

        if (took > Longest)
        {
            Fault($"{what} took {took.TotalSeconds:0.0} s");
        }

        lock (_gate)
        {
            if (took > _slowest.Took)
            {
                _slowest = (took, what);
            }
        }
    }

    public void Fault(string words)
    {
        if (_faults.Count < MostFaults)
        {
            _faults.Enqueue(words);
        }
    }

    public void Remember((double Resident, double Own) memory, (long Undecided, long Unsent, long Tickets) desk) =>
        _samples.Add(new Sample(Elapsed, _asked, memory.Resident, memory.Own, desk.Tickets, desk.Undecided + desk.Unsent));

    /// <summary>Flat: in the last fifth of the time it held at most a tenth more than in the second fifth, in the middle of each. A short run only tells.</summary>
    public void MemoryIsFlat()
    {
        var (before, after) = (Middle(1), Middle(4));
        if (Elapsed > WarmedUp && after > before * 1.1)
        {
            Fault($"Memory grew from {before:0} to {after:0} MiB");
        }
    }

    /// <summary>Requests by door and status, the slowest, the rate, memory over time.</summary>
    public override string ToString()
    {
        var told = new StringBuilder();
        foreach (var door in _answers.GroupBy(answer => answer.Key.Door, StringComparer.Ordinal).OrderBy(door => door.Key, StringComparer.Ordinal))
        {
            told.AppendLine(CultureInfo.InvariantCulture, $"  {door.Key,-32} {door.Sum(answer => answer.Value),9}  {string.Join("  ", door.OrderBy(answer => answer.Key.Status).Select(answer => $"{answer.Key.Status}: {answer.Value}"))}");
        }

        told.AppendLine(CultureInfo.InvariantCulture, $"{_asked} requests in {Elapsed.TotalSeconds:0} s, {_asked / Elapsed.TotalSeconds:0} per second; slowest {_slowest.Took.TotalMilliseconds:0} ms ({_slowest.What})");
        told.AppendLine("  seconds  requests  tickets  waiting  resident MiB  not of files MiB");
        foreach (var sample in _samples.Where((_, n) => n % Math.Max(1, _samples.Count / RowsOfMemory) == 0 || n == _samples.Count - 1))
        {
            told.AppendLine(CultureInfo.InvariantCulture, $"  {sample.At.TotalSeconds,7:0}  {sample.Asked,8}  {sample.Tickets,7}  {sample.Waiting,7}  {sample.Resident,12:0}  {sample.Own,16:0}");
        }

        return told.Append(CultureInfo.InvariantCulture, $"memory in the second fifth {Middle(1):0} MiB, in the last {Middle(4):0} MiB").ToString();
    }

    private double Middle(int fifth)
    {
        double[] held = [.. _samples.Skip(_samples.Count * fifth / 5).Take(Math.Max(1, _samples.Count / 5)).Select(sample => sample.Resident).Order()];
        return held.Length == 0 ? 0 : held[held.Length / 2];
    }

    private sealed record Sample(TimeSpan At, int Asked, double Resident, double Own, long Tickets, long Waiting);
}
