using System.Globalization;

namespace ServiceDeskBot.Simulation;

/// <summary>The last things that happened, and a mark of all of them: two runs of one seed must end with the same mark.</summary>
internal sealed class Journal(Func<TimeSpan> elapsed)
{
    private const int Kept = 80;

    private readonly Queue<string> _last = new();
    private ulong _mark = 14695981039346656037;

    public string Mark => _mark.ToString("x16", CultureInfo.InvariantCulture);

    public IEnumerable<string> Last => _last;

    public long Lines { get; private set; }

    /// <summary>Everything, as it happens; <c>null</c>: nobody wants it.</summary>
    public TextWriter? Copy { get; init; }

    public void Write(string line)
    {
        Lines++;
        var stamped = string.Create(CultureInfo.InvariantCulture, $"{elapsed():d\\.hh\\:mm\\:ss\\.fff} {line}");
        foreach (var letter in stamped)
        {
            _mark = (_mark ^ letter) * 1099511628211;
        }

        _last.Enqueue(stamped);
        if (_last.Count > Kept)
        {
            _last.Dequeue();
        }

        Copy?.WriteLine(stamped);
    }
}
