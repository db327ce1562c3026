using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;

namespace ServiceDeskBot.Benchmarks;

/// <summary>The published desk: how long from the start of the process to its first answer at the platform, what it takes while nobody writes, and its size on disk.</summary>
internal static class StartMeasurement
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(5);

    public static async Task<int> RunAsync(int runs)
    {
        using var published = await PublishedDesk.MakeAsync(PublishedDesk.Checkout());
        await using var stub = await PlatformStub.StartAsync();
        var answered = new List<double>();
        var idle = new List<long>();
        for (var run = 1; run <= runs; run++)
        {
            var (milliseconds, resident) = await StartAsync(published, stub);
            answered.Add(milliseconds);
            idle.Add(resident);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"run {run}: first message answered after {milliseconds:0} ms, {resident / 1e6:0} MB resident {Quiet.TotalSeconds} s later"));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Medians: answered after {Median(answered):0} ms ({answered.Min():0} to {answered.Max():0}), {Median(idle) / 1e6:0} MB resident, published size {published.Bytes / 1e6:0} MB without the runtime"));
        return 0;
    }

    private static async Task<(double Milliseconds, long Resident)> StartAsync(PublishedDesk published, PlatformStub stub)
    {
        var data = Directory.CreateTempSubdirectory("desk-start-");
        stub.Forget();
        var address = BotProcess.FreeAddress();
        var began = TimeProvider.System.GetTimestamp();
        using var desk = Process.Start(
            published.Program,
            ["--environment", "Development", "--urls", address.ToString(), $"--Data:Path={data.FullName}", "--Logging:LogLevel:Default=Error"]);
        using var http = new HttpClient { BaseAddress = address };
        var message = Teams.Instance.Says(1, "My laptop does not start.", stub.Url);
        while (!await AnsweredAsync(http, message) && !desk.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5), TimeProvider.System);
        }

        while (stub.Posts == 0 && !desk.HasExited)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(1), TimeProvider.System);
        }

        var took = TimeProvider.System.GetElapsedTime(began);
        await Task.Delay(Quiet, TimeProvider.System);
        desk.Refresh();
        var resident = desk.WorkingSet64;
        desk.Kill();
        await desk.WaitForExitAsync();
        data.Delete(recursive: true);
        return (took.TotalMilliseconds, resident);
    }

    /// <summary>False while nobody listens yet.</summary>
    private static async Task<bool> AnsweredAsync(HttpClient http, byte[] message)
    {
        try
        {
            using var content = new ByteArrayContent(message) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
            using var response = await http.PostAsync(new Uri(Teams.Instance.Path, UriKind.Relative), content);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static double Median<T>(IEnumerable<T> values)
        where T : IConvertible =>
        values.Select(value => value.ToDouble(CultureInfo.InvariantCulture)).Order().ElementAt(values.Count() / 2);
}
